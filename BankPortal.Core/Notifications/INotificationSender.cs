namespace BankPortal.Core.Notifications;

/// <summary>Sends messages to people, for example by e-mail. Implementations are thread-safe.</summary>
public interface INotificationSender
{
    /// <summary>Whether the configuration has a way to send messages at all.</summary>
    bool CanSend => true;

    /// <summary>
    /// Sends a message. May be called again with the same <see cref="Notification.Id"/> after a fault. Callers treat an exception as "not
    /// delivered"; they never undo the change that the message is about.
    /// </summary>
    Task SendAsync(Notification notification, CancellationToken ct = default);
}
