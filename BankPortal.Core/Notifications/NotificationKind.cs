namespace BankPortal.Core.Notifications;

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
