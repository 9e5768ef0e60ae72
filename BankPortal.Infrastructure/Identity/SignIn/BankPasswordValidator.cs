using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>Refuses passwords that break the rules on the form or are easy to guess.</summary>
internal sealed class BankPasswordValidator : IPasswordValidator<BankUser>
{
    public Task<IdentityResult> ValidateAsync(UserManager<BankUser> manager, BankUser user, string? password)
    {
        var sentence = PasswordRule.FirstProblem(password) ?? PasswordStrength.Of(password!, user.Email, user.FullName).Problem;
        return Task.FromResult(sentence is null
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = "Password", Description = sentence }));
    }
}
