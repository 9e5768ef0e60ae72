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

    /// <summary>What else carries messages outside the portal: text messages, topics of staff, and e-mails if there is no sender.</summary>
    public NotificationMode Mode { get; set; }

    /// <summary>The notification service, for the modes other than <see cref="NotificationMode.Off"/>.</summary>
    public SnsOptions Sns { get; set; } = new();

    /// <summary>Whether <see cref="Sender"/> delivers e-mails.</summary>
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

/// <summary>Whether Amazon SNS carries messages.</summary>
public enum NotificationMode
{
    /// <summary>Messages are in the portal, and go out by e-mail if there is a sender.</summary>
    Off,

    /// <summary>A server of the SNS protocol at a given address.</summary>
    Endpoint,

    /// <summary>Amazon SNS, with the credentials that the SDK finds.</summary>
    Aws,
}
