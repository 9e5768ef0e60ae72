namespace BankPortal.Core.Notifications;

/// <summary>A message to a person.</summary>
/// <param name="Id">Identifies the message, so that a retry after a fault does not deliver it twice.</param>
/// <param name="Kind">The subject area, for preferences and metrics.</param>
/// <param name="UserId">The user id of the recipient, if they have one.</param>
/// <param name="To">The recipient's e-mail address.</param>
/// <param name="Subject">The subject, one line.</param>
/// <param name="Body">Plain text; each link is a bare address on its own line.</param>
public sealed record Notification(string Id, NotificationKind Kind, string? UserId, string To, string Subject, string Body);

/// <summary>The subject area of a message.</summary>
public enum NotificationKind
{
    /// <summary>Signing in: confirming an e-mail address, resetting a password, and similar steps.</summary>
    Account,

    /// <summary>A change to the user's security settings.</summary>
    Security,

    /// <summary>A movement of money.</summary>
    Money,
}
