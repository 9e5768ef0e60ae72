namespace BankPortal.Infrastructure.Notifications;

/// <summary>How messages are delivered; section <c>Notifications</c>. Checked at start.</summary>
public sealed class NotificationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Notifications";

    /// <summary>What delivers messages.</summary>
    public NotificationSenderKind Sender { get; set; }

    /// <summary>The mail server, for <see cref="NotificationSenderKind.Smtp"/>.</summary>
    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Whether messages are delivered at all.</summary>
    public bool CanSend => Sender is NotificationSenderKind.Mailbox or NotificationSenderKind.Smtp;
}

/// <summary>What delivers messages.</summary>
public enum NotificationSenderKind
{
    /// <summary>Not chosen; the development mailbox in Development, an error elsewhere.</summary>
    Unset,

    /// <summary>Nothing is delivered. What depends on messages (registration, forgotten passwords) is refused.</summary>
    None,

    /// <summary>The development mailbox: kept in memory, read on a page. Development only.</summary>
    Mailbox,

    /// <summary>A mail server, by SMTP.</summary>
    Smtp,
}
