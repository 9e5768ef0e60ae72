using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The second step of a registration: the link in the message, and the password once more.</summary>
public sealed partial class Confirmation(
    UserManager<BankUser> users,
    SignInManager<BankUser> signIn,
    PasswordReset links,
    Registration registration,
    ILogger<Confirmation> logger)
{
    /// <summary>The person of the link, if it still works, and whether it was used already.</summary>
    public async Task<(BankUser? User, bool Confirmed)> FindAsync(string? userId, string? token)
    {
        if (await links.FindUserAsync(userId) is not { } user)
        {
            return (null, false);
        }

        if (user.EmailConfirmed)
        {
            return (null, true);
        }

        var works = LinkToken.Decode(token) is { } code && await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.EmailConfirmationTokenProvider, UserManager<BankUser>.ConfirmEmailTokenPurpose, code);
        return (works ? user : null, false);
    }

    /// <summary>Confirms the address, opens the account that comes with registration, and signs in.</summary>
    public async Task<(SignInStep Step, BankUser? User)> ConfirmAsync(
        BankUser user,
        string? token,
        string password,
        CancellationToken ct = default
    )
    {
        // "Not allowed" is the answer to the right password as long as the address is not confirmed.
        var check = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (check == BankSignInResult.Blocked)
        {
            return (SignInStep.Unavailable, null);
        }

        if (!check.Succeeded && !check.IsNotAllowed)
        {
            return (check.IsLockedOut ? SignInStep.Locked : SignInStep.Refused, null);
        }

        var confirmed = await users.ConfirmEmailAsync(user, LinkToken.Decode(token) ?? "");
        if (!confirmed.Succeeded)
        {
            return (SignInStep.Expired, null);
        }

        Confirmed(logger, user.Id);
        await registration.EnsureAccountAsync(user, ct);

        var result = await signIn.PasswordSignInAsync(user.UserName, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            // Read anew: signing in may have made this person the first administrator.
            return (SignInStep.Done, await users.FindByIdAsync(user.Id));
        }

        return (result.RequiresTwoFactor ? SignInStep.SecondFactor : result.IsLockedOut ? SignInStep.Locked : SignInStep.Expired, null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} confirmed the e-mail address")]
    private static partial void Confirmed(ILogger logger, string userId);
}
