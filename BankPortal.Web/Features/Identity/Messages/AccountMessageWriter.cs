using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Decides which message a person gets, if any, and sends it.</summary>
internal sealed partial class AccountMessageWriter(
    UserManager<BankUser> users,
    INotificationSender sender,
    AccountMessageThrottle throttle,
    SignInText text,
    TimeProvider time,
    ILogger<AccountMessageWriter> logger,
    IBankEvents? events = null
)
{
    /// <summary>Sends the message, unless the address belongs to nobody or the person has got too many messages lately.</summary>
    /// <param name="request">What happened.</param>
    /// <param name="again">Whether this is another try after a fault, and counted already.</param>
    /// <param name="ct">Cancels the sending.</param>
    public async Task WriteAsync(AccountMessageRequest request, bool again, CancellationToken ct = default)
    {
        if (await users.FindByEmailAsync(request.Email) is not { Email: { } address } user)
        {
            return;
        }

        // While the bank blocks signing in, a link to a new password would not work.
        if (user.BlockedAt is not null && request.Kind == AccountMessageKind.PasswordForgotten)
        {
            return;
        }

        if (!again && !throttle.TryTake(request.Kind, user.Id))
        {
            MessageWithheld(logger, request.Kind, user.Id);
            return;
        }

        var (kind, subject, body) = request.Kind switch
        {
            AccountMessageKind.Registration when !await users.IsEmailConfirmedAsync(user) =>
                (NotificationKind.Account, "Confirm your e-mail address", Confirm(user, LinkToken.Link(
                    request.Site, "/auth/confirm-email", user.Id, await users.GenerateEmailConfirmationTokenAsync(user)))),
            AccountMessageKind.Registration =>
                (NotificationKind.Account, "You already have an account", AlreadyRegistered(user, request.Site)),
            AccountMessageKind.PasswordForgotten =>
                (NotificationKind.Account, "Choose a new password", Reset(user, LinkToken.Link(
                    request.Site, "/auth/reset-password", user.Id, await users.GeneratePasswordResetTokenAsync(user)))),
            AccountMessageKind.Locked =>
                (NotificationKind.Security, $"Signing in is locked for {text.LockTime}", Locked(user, request.Site)),
            AccountMessageKind.LockedAfterPassword =>
                (NotificationKind.Security, $"Signing in is locked for {text.LockTime}", LockedAfterPassword(user, request.Site)),
            AccountMessageKind.PasswordReplaced =>
                (NotificationKind.Security, "Your password was changed", Replaced(user, request.Site)),
            _ => throw new InvalidOperationException($"No message for {request.Kind}."),
        };

        if (events is not null && request.Kind is (AccountMessageKind.Locked or AccountMessageKind.LockedAfterPassword))
        {
            // One a lockout: the throttle lets no second message through while it lasts.
            var now = time.GetUtcNow();
            var tenMinutes = now.ToUnixTimeSeconds() / 600;
            await events.RaiseAsync(
                BankEvent.Of(
                    DerivedId.From(BankEventKinds.SignInLocked, user.Id, tenMinutes.ToString(CultureInfo.InvariantCulture)),
                    BankEventKinds.SignInLocked,
                    user.Id,
                    now),
                ct);
        }

        var message = new Notification($"account-{request.Kind}-{Guid.NewGuid():N}", kind, user.Id, address, subject, body);
        if (events is null || kind != NotificationKind.Security)
        {
            await sender.SendAsync(message, ct);
            return;
        }

        if (!sender.CanSend)
        {
            // The event of the lockout or of the new password goes out over the channels there are.
            return;
        }

        try
        {
            await sender.SendAsync(message, ct);
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            // No link and no secret in it: it goes out when the mail server answers again.
            KeptForLater(logger, exception, request.Kind, user.Id);
            await events.RaiseAsync(SecurityNotices.EventOf(message, ShortOf(request.Kind), isTold: true, null, time), ct);
        }
    }

    private static string ShortOf(AccountMessageKind kind) => kind switch
    {
        AccountMessageKind.Locked =>
            "After several wrong attempts, signing in to your account was locked for a while. It works again by itself. If it was not you, your account is safe, but consider a new password.",
        AccountMessageKind.LockedAfterPassword =>
            "Somebody signed in to your account with the right password, but gave wrong codes. Nobody got in; signing in was locked for a while. If it was not you, choose a new password at once.",
        _ => "The password of your account was changed, and every session was signed out. If it was not you, choose a new password at once and tell us.",
    };

    private string Now => time.GetUtcNow().ToString("yyyy-MM-dd 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private string Confirm(BankUser user, string link) =>
        $"""
        Hello {user.FullName},

        welcome to BankPortal. Please confirm your e-mail address to finish your registration:

        {link}

            The link works for {text.ConfirmTime}, and you will be asked for the password you chose. If you did not register, ignore this message: nothing happens without your password.

        BankPortal
        """;

    private static string AlreadyRegistered(BankUser user, string site) =>
        $"""
        Hello {user.FullName},

            somebody, perhaps you, tried to register at BankPortal with your e-mail address. You already have an account, so nothing was changed. Sign in here:

        {site}/auth/login

        If you forgot your password, choose a new one here:

        {site}/auth/forgot-password

        If it was not you, you need not do anything.

        BankPortal
        """;

    private string Reset(BankUser user, string link) =>
        $"""
        Hello {user.FullName},

        choose a new password for BankPortal here. The link works once and for {text.ResetTime}:

        {link}

        If you did not ask for this, ignore this message: your password stays as it is.

        BankPortal
        """;

    private string Locked(BankUser user, string site) =>
        $"""
        Hello {user.FullName},

            there were {text.WrongTries} to sign in to your account, the last one on {Now}. To protect it, signing in is locked for {text.LockTime}; after that it works again by itself. Tries made elsewhere do not affect browsers in which you have signed in before: you can sign in there.

        If it was not you, your account is safe, but consider a new password:

        {site}/auth/forgot-password

        BankPortal
        """;

    private string LockedAfterPassword(BankUser user, string site) =>
        $"""
        Hello {user.FullName},

        somebody signed in to your account with the right password, but gave wrong codes, the last one on {Now}. To protect your account, signing in there is locked for {text.LockTime}. Nobody got in.

        If it was not you, somebody knows your password: choose a new one at once.

        {site}/auth/forgot-password

        BankPortal
        """;

    private static string Replaced(BankUser user, string site) =>
        $"""
        Hello {user.FullName},

        the password of your account was just changed, and every session was signed out.

        If it was not you, choose a new password at once and tell us:

        {site}/auth/forgot-password

        BankPortal
        """;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A message of kind {Kind} to user {UserId} could not be sent; it waits in the queue of messages")]
    private static partial void KeptForLater(ILogger logger, Exception exception, AccountMessageKind kind, string userId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "A message of kind {Kind} to user {UserId} was not sent: the limit of recent messages is reached")]
    private static partial void MessageWithheld(ILogger logger, AccountMessageKind kind, string userId);
}
