namespace BankPortal.Core.Notifications;

/// <summary>Hands messages to whatever delivers them.</summary>
public interface INotificationSender
{
    /// <summary>
    /// Sends a message. May be called again with the same <see cref="Notification.Id"/> after a fault. Callers treat a
    /// failure as "not delivered", never as a reason to undo what the message tells of.
    /// </summary>
    Task SendAsync(Notification notification, CancellationToken ct = default);
}
