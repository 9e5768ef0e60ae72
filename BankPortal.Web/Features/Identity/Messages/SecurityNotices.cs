using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>
/// Notifies the owner by e-mail of changes to the security of the account, so that a change by somebody else does not go
/// unnoticed. A change stays in place when its message cannot be sent; the message then goes out as an event, which is kept and tried again
/// until it is delivered or set aside.
/// </summary>
public sealed partial class SecurityNotices(
    INotificationSender sender, TimeProvider time, ILogger<SecurityNotices> logger, IBankEvents? events = null)
{
    private const string NotYou = " If it was not you, choose a new password at once and tell us.";

    /// <summary>Sends the notice to the user's address, or to <paramref name="to"/>.</summary>
    public async Task NotifyAsync(BankUser user, SecurityNotice notice, string site, string? to = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        if ((to ?? user.Email) is not { Length: > 0 } address)
        {
            return;
        }

        var message = new Notification(
            $"security-{notice}-{Guid.NewGuid():N}", NotificationKind.Security, user.Id, address, SubjectOf(notice), BodyOf(user, notice, site));
        var isTold = IsToldByItsOwnEvent(notice);
        if (sender.CanSend ? !await SendAsync(message) : !isTold)
        {
            await RaiseAsync(message, SentenceOf(notice), isTold, to is null || to == user.Email ? null : to);
        }
    }

    /// <summary>Hands a message that could not be sent to the queue of messages. A failure is logged and not thrown.</summary>
    private async Task RaiseAsync(Notification message, string sentence, bool isTold, string? address)
    {
        if (events is null)
        {
            return;
        }

        try
        {
            var text = char.ToUpperInvariant(sentence[0]) + sentence[1..] + NotYou;
            await events.RaiseAsync(EventOf(message, text, isTold, address, time), CancellationToken.None);
        }
        catch (Exception exception)
        {
            NotKept(logger, message.Id, message.UserId, exception);
        }
    }

    /// <summary>The event of a message that could not be sent.</summary>
    /// <param name="message">The message.</param>
    /// <param name="text">What it says, in plain sentences.</param>
    /// <param name="isTold">Whether another event tells of it in the portal.</param>
    /// <param name="address">The address in place of the person's own.</param>
    /// <param name="time">The clock.</param>
    internal static BankEvent EventOf(Notification message, string text, bool isTold, string? address, TimeProvider time) => BankEvent.Of(
        DerivedId.From(BankEventKinds.SecurityNotice, message.Id),
        BankEventKinds.SecurityNotice,
        message.UserId ?? "",
        time.GetUtcNow(),
        ("title", message.Subject),
        ("text", text),
        ("address", address ?? ""),
        ("told", isTold ? "1" : ""));

    // The store of users raises these in the transaction of the change.
    private static bool IsToldByItsOwnEvent(SecurityNotice notice) => notice is
        SecurityNotice.PasswordChanged or SecurityNotice.EmailChanged or SecurityNotice.AuthenticatorOn or
        SecurityNotice.AuthenticatorReplaced or SecurityNotice.AuthenticatorOff or SecurityNotice.AuthenticatorOffPasskeysStay;

    /// <summary>Sends a message. A failure is logged and not thrown.</summary>
    internal async Task<bool> SendAsync(Notification notification)
    {
        try
        {
            // Not cancelled with the request: the change is made, and the owner must be notified.
            await sender.SendAsync(notification, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            SendFailed(logger, notification.Id, notification.UserId, exception);
            return false;
        }
    }

    private static string SubjectOf(SecurityNotice notice) => notice switch
    {
        SecurityNotice.PasswordChanged => "Your password was changed",
        SecurityNotice.AuthenticatorOn => "Your authenticator was turned on",
        SecurityNotice.AuthenticatorReplaced => "Your authenticator was moved to another device",
        SecurityNotice.AuthenticatorOff or SecurityNotice.AuthenticatorOffPasskeysStay => "Your authenticator was turned off",
        SecurityNotice.PasskeyAdded => "A passkey was added",
        SecurityNotice.PasskeyRemoved => "A passkey was removed",
        SecurityNotice.PasskeyRefused => "A passkey was refused",
        SecurityNotice.RecoveryCodesRenewed => "New recovery codes were made",
        SecurityNotice.RecoveryCodeUsed => "A recovery code was used",
        SecurityNotice.SessionsEnded => "Your other sessions were ended",
        SecurityNotice.EmailChangeAsked => "A change of your e-mail address was asked for",
        SecurityNotice.EmailChanged => "Your e-mail address was changed",
        SecurityNotice.DetailsChanged => "Your details were changed",
        _ => "Your security settings were changed",
    };

    private static string SentenceOf(SecurityNotice notice) => notice switch
    {
        SecurityNotice.PasswordChanged => "the password of your account was changed, and all other sessions were signed out.",
        SecurityNotice.AuthenticatorOn => "signing in to your account now needs a code from your authenticator app as well.",
        SecurityNotice.AuthenticatorReplaced => "the codes for your account now come from another device. The old one no longer works.",
        SecurityNotice.AuthenticatorOff => "the authenticator of your account was turned off. Signing in needs only the password now.",
        SecurityNotice.AuthenticatorOffPasskeysStay =>
            "the authenticator of your account was turned off. Signing in needs one of your passkeys or a recovery code now.",
        SecurityNotice.PasskeyAdded => "a passkey was added to your account. It signs in without the password and without a code.",
        SecurityNotice.PasskeyRemoved => "a passkey was removed from your account. It no longer signs in.",
        SecurityNotice.PasskeyRefused =>
            "one of your passkeys was refused, because it may have been copied: it counts how often it is used, and the count went back. " +
            "Nobody got in with it. Remove that passkey on the page \"Security\" and add a new one.",
        SecurityNotice.RecoveryCodesRenewed => "ten new recovery codes were made for your account. The old ones no longer work.",
        SecurityNotice.RecoveryCodeUsed => "one of your recovery codes was used to confirm something in your account.",
        SecurityNotice.SessionsEnded => "all other sessions of your account were signed out.",
        SecurityNotice.EmailChangeAsked =>
            "somebody signed in to your account asked to change its e-mail address. It changes only when the new address is confirmed.",
        SecurityNotice.EmailChanged => "the e-mail address of your account was changed. This address no longer belongs to it.",
        SecurityNotice.DetailsChanged => "the name or the telephone number of your account was changed.",
        _ => "the security settings of your account were changed.",
    };

    private string BodyOf(BankUser user, SecurityNotice notice, string site) =>
        $"""
        Hello {user.FullName},

        {SentenceOf(notice)}

        When: {time.GetUtcNow():yyyy-MM-dd HH:mm} UTC

        If it was you, you need not do anything. If it was not you, choose a new password at once and tell us:

        {site}/auth/forgot-password

        BankPortal
        """;

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} to user {UserId} could not be kept for another try")]
    private static partial void NotKept(ILogger logger, string messageId, string? userId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {MessageId} to user {UserId} could not be sent")]
    private static partial void SendFailed(ILogger logger, string messageId, string? userId, Exception exception);
}
