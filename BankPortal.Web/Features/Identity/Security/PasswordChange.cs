using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>Changes the password of a signed-in person.</summary>
public sealed partial class PasswordChange(
    UserManager<BankUser> users,
    BankSignInManager signIn,
    ISessionRegistry sessions,
    SecurityNotices notices,
    SignInText text,
    ILogger<PasswordChange> logger)
{
    /// <summary>Changes the password, gives this session a new key, ends all other sessions and notifies the owner by e-mail.</summary>
    /// <returns>The errors by field; empty when the password was changed.</returns>
    public async Task<FieldErrors> ChangeAsync(SessionHandle session, BankUser user, string current, string replacement, string site)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(user);
        var errors = new FieldErrors();
        if (string.Equals(current, replacement, StringComparison.Ordinal))
        {
            errors.Add("Password", "Choose a password other than the current one.");
            return errors;
        }

        var result = await users.ChangePasswordAsync(user, current, replacement);
        if (result.Succeeded)
        {
            Changed(logger, user.Id);
            await signIn.RefreshSignInAsync(user);
            await sessions.EndOthersAsync(session.UserId, session.SessionId, SessionEndReason.SecurityChanged);
            await notices.NotifyAsync(user, SecurityNotice.PasswordChanged, site);

            // Last, so that the browser gets the new key at once, and its other tabs do not wait for a mail server.
            await signIn.RenewSessionAsync(user);
            return errors;
        }

        foreach (var error in result.Errors)
        {
            if (!string.Equals(error.Code, nameof(IdentityErrorDescriber.PasswordMismatch), StringComparison.Ordinal))
            {
                errors.Add(error.Code.StartsWith("Password", StringComparison.Ordinal) ? "Password" : "", error.Description);
            }
            else if (await users.IsLockedOutAsync(user))
            {
                errors.Add("", text.Locked);
            }
            else
            {
                errors.Add("CurrentPassword", "The current password is not right.");
            }
        }

        return errors;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} changed the password")]
    private static partial void Changed(ILogger logger, string userId);
}
