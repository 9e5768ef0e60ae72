using BankPortal.Core.Notifications;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Changes the e-mail address of a signed-in person. The address changes only when somebody opens the link sent to the new
/// mailbox; the old address is notified. The page answers the same whether or not the new address already has an account.
/// </summary>
public sealed partial class EmailChange(
    UserManager<BankUser> users,
    BankSignInManager signIn,
    ISessionRegistry sessions,
    SecurityNotices notices,
    ILogger<EmailChange> logger)
{
    private const string Provider = "BankPortal";
    private const string WantedName = "wanted-email";

    /// <summary>The new address that is not confirmed yet; <see langword="null"/> when there is none.</summary>
    public Task<string?> FindWantedAsync(BankUser user) => users.GetAuthenticationTokenAsync(user, Provider, WantedName);

    /// <summary>Records the new address as requested and sends a message to both addresses.</summary>
    public async Task<FieldErrors> AskAsync(BankUser user, string email, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        var errors = new FieldErrors();
        if (string.Equals(users.NormalizeEmail(email), user.NormalizedEmail, StringComparison.Ordinal))
        {
            errors.Add("Email", "This is your address already.");
            return errors;
        }

        var noted = await users.SetAuthenticationTokenAsync(user, Provider, WantedName, email);
        if (!noted.Succeeded)
        {
            errors.Add("", noted.Errors.First().Description);
            return errors;
        }

        if (await users.FindByEmailAsync(email) is { } owner)
        {
            await notices.SendAsync(
                new Notification(
                    $"email-taken-{Guid.NewGuid():N}",
                    NotificationKind.Account,
                    owner.Id,
                    email,
                    "Your e-mail address is in use already",
                    Taken(owner, site)
                )
            );
        }
        else
        {
            var token = await users.GenerateChangeEmailTokenAsync(user, email);
            var link = LinkToken.Link(site, IdentityRoutes.ConfirmEmailChange, user.Id, token);
            await notices.SendAsync(
                new Notification(
                    $"email-change-{Guid.NewGuid():N}",
                    NotificationKind.Account,
                    user.Id,
                    email,
                    "Confirm your new e-mail address",
                    Confirm(user, link)
                )
            );
        }

        ChangeRequested(logger, user.Id);
        await notices.NotifyAsync(user, SecurityNotice.EmailChangeAsked, site);
        return errors;
    }

    /// <summary>Withdraws the request. Its link no longer works.</summary>
    public Task WithdrawAsync(BankUser user) => users.RemoveAuthenticationTokenAsync(user, Provider, WantedName);

    /// <summary>The user and the new address of a link; <see langword="null"/> when the link no longer works.</summary>
    public async Task<(BankUser User, string Email)?> FindAsync(string? userId, string? token)
    {
        if (userId is not { Length: > 0 and <= 64 }
            || LinkToken.Decode(token) is not { } code
            || await users.FindByIdAsync(userId) is not { } user
            || await FindWantedAsync(user) is not { Length: > 0 } email)
        {
            return null;
        }

        var works = await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.ChangeEmailTokenProvider, UserManager<BankUser>.GetChangeEmailTokenPurpose(email), code);
        return works ? (user, email) : null;
    }

    /// <summary>
    /// Changes the address, and the user name where that was the address. Ends every session but that of this browser, which gets a new
    /// key.
    /// </summary>
    /// <param name="userId">The user of the link.</param>
    /// <param name="token">The token of the link.</param>
    /// <param name="session">The session of this browser, if somebody is signed in.</param>
    /// <param name="site">The start of links in messages.</param>
    public async Task<EmailChangeOutcome> ConfirmAsync(string? userId, string? token, SessionHandle? session, string site)
    {
        if (await FindAsync(userId, token) is not var (user, email))
        {
            return EmailChangeOutcome.Refused;
        }

        var old = user.Email;
        if (string.Equals(user.UserName, old, StringComparison.OrdinalIgnoreCase))
        {
            user.UserName = email;
        }

        foreach (var wish in user.Tokens.Where(wish => wish is { Provider: Provider, Name: WantedName }).ToList())
        {
            user.Tokens.Remove(wish);
        }

        var changed = await users.ChangeEmailAsync(user, email, LinkToken.Decode(token)!);
        if (!changed.Succeeded)
        {
            var codes = string.Join(", ", changed.Errors.Select(error => error.Code));
            ChangeRefused(logger, user.Id, codes);
            return EmailChangeOutcome.Refused;
        }

        Changed(logger, user.Id);
        if (session is null || session.UserId != user.Id)
        {
            await sessions.EndAllAsync(user.Id, SessionEndReason.SecurityChanged);
            await notices.NotifyAsync(user, SecurityNotice.EmailChanged, site, to: old);
            return EmailChangeOutcome.Changed;
        }

        await signIn.RefreshSignInAsync(user);
        await sessions.EndOthersAsync(user.Id, session.SessionId, SessionEndReason.SecurityChanged);
        await notices.NotifyAsync(user, SecurityNotice.EmailChanged, site, to: old);

        // Last, so that the browser gets the new key at once.
        await signIn.RenewSessionAsync(user);
        return EmailChangeOutcome.ChangedAndSignedIn;
    }

    private static string Confirm(BankUser user, string link) =>
        $"""
        Hello {user.FullName},

        you asked to use this address for your account at BankPortal. Please confirm it:

        {link}

        Until then nothing changes. Afterwards you sign in with this address. If you did not ask for this, ignore this
        message.

        BankPortal
        """;

    private static string Taken(BankUser owner, string site) =>
        $"""
        Hello {owner.FullName},

        somebody, perhaps you, asked to use this address for another account at BankPortal. It belongs to your account
        already, so nothing was changed. Sign in here:

        {site}/auth/login

        If it was not you, you need not do anything.

        BankPortal
        """;

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} asked to change the e-mail address")]
    private static partial void ChangeRequested(ILogger logger, string userId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The e-mail address of user {UserId} was not changed: {Codes}")]
    private static partial void ChangeRefused(ILogger logger, string userId, string codes);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} changed the e-mail address")]
    private static partial void Changed(ILogger logger, string userId);
}
