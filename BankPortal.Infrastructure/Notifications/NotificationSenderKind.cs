namespace BankPortal.Infrastructure.Notifications;

/// <summary>What delivers messages.</summary>
public enum NotificationSenderKind
{
    /// <summary>Not chosen; the development mailbox in Development, a mistake elsewhere.</summary>
    Unset,

    /// <summary>Nothing is delivered. What depends on messages (registration, forgotten passwords) is refused.</summary>
    None,

    /// <summary>The development mailbox: kept in memory, read on a page. Development only.</summary>
    Mailbox,

    /// <summary>A mail server, by SMTP.</summary>
    Smtp,
}
