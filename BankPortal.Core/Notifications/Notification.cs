namespace BankPortal.Core.Notifications;

/// <summary>A message to a person.</summary>
/// <param name="Id">Names the message, so that a repeat after a fault is not delivered twice.</param>
/// <param name="Kind">What it is about, for preferences and counting.</param>
/// <param name="UserId">The user it is meant for, if the person has one.</param>
/// <param name="To">The e-mail address it goes to.</param>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text; links as bare addresses on a line of their own.</param>
public sealed record Notification(string Id, NotificationKind Kind, string? UserId, string To, string Subject, string Body);

/// <summary>What a message is about.</summary>
public enum NotificationKind
{
    /// <summary>Confirm an e-mail address, reset a password, and other steps of signing in.</summary>
    Account,

    /// <summary>Something about the user's security changed.</summary>
    Security,

    /// <summary>Money moved.</summary>
    Money,
}
