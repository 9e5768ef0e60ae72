using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>The framework's error messages in the bank's wording. None repeats what was typed.</summary>
internal sealed class BankErrorDescriber : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError), "Something went wrong. Please try again.");

    public override IdentityError ConcurrencyFailure() =>
        Say(nameof(ConcurrencyFailure), "Your details were changed somewhere else at the same time. Reload the page and try again.");

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch), "The password is not right.");

    public override IdentityError InvalidToken() => Say(nameof(InvalidToken), "This link or code is no longer valid. Ask for a new one.");

    public override IdentityError RecoveryCodeRedemptionFailed() =>
        Say(nameof(RecoveryCodeRedemptionFailed), "This recovery code is not right, or was used before.");

    public override IdentityError LoginAlreadyAssociated() =>
        Say(nameof(LoginAlreadyAssociated), "That sign-in is linked to another user already.");

    public override IdentityError InvalidUserName(string? userName) => Say(nameof(InvalidUserName), "Enter a user name.");

    public override IdentityError InvalidEmail(string? email) => Say(nameof(InvalidEmail), "Enter a valid e-mail address.");

    public override IdentityError DuplicateUserName(string userName) => Say(nameof(DuplicateUserName), "This user name is taken.");

    public override IdentityError DuplicateEmail(string email) => Say(nameof(DuplicateEmail), "This e-mail address is already in use.");

    public override IdentityError UserLockoutNotEnabled() => Say(nameof(UserLockoutNotEnabled), "This user cannot be locked.");

    public override IdentityError UserAlreadyHasPassword() => Say(nameof(UserAlreadyHasPassword), "There is a password already.");

    public override IdentityError UserAlreadyInRole(string role) =>
        Say(nameof(UserAlreadyInRole), $"The user has the role {role} already.");

    public override IdentityError UserNotInRole(string role) => Say(nameof(UserNotInRole), $"The user does not have the role {role}.");

    private static IdentityError Say(string code, string description) => new() { Code = code, Description = description };
}
