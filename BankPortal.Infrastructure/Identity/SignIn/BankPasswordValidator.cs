using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Refuses passwords that break the rules on the form, are common, or contain personal data.</summary>
internal sealed class BankPasswordValidator : IPasswordValidator<BankUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<BankUser> manager, BankUser user, string? password)
    {
        var sentence = PasswordRule.FirstProblem(password);
        if (sentence is null && GuessablePassword.IsCommon(password!))
        {
            sentence = "This password is common and easy to guess. Choose another one.";
        }
        else if (sentence is null && GuessablePassword.ContainsPersonalPart(password!, user.Email, user.FullName))
        {
            sentence = "Do not use your name or e-mail address in the password.";
        }

        return Task.FromResult(sentence is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "Password", Description = sentence }));
    }
}
