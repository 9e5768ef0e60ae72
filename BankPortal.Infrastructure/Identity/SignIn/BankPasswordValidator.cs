using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Refuses what breaks the rules shown on the form, and what an attacker would try first.</summary>
internal sealed class BankPasswordValidator : IPasswordValidator<BankUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<BankUser> manager, BankUser user, string? password)
    {
        var sentence = PasswordRule.FirstProblem(password);
        if (sentence is null && GuessablePassword.IsCommon(password!))
        {
            sentence = "Many people use this password, so it is easy to guess. Choose another.";
        }
        else if (sentence is null && GuessablePassword.ContainsPersonalPart(password!, user.Email, user.FullName))
        {
            sentence = "Leave your name and e-mail address out of the password.";
        }

        return Task.FromResult(sentence is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "Password", Description = sentence }));
    }
}
