using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Delivers nothing and says so. What depends on messages asks <see cref="NotificationOptions.CanSend"/> first.</summary>
internal sealed class NoNotificationSender : INotificationSender
{
    public Task SendAsync(Notification notification, CancellationToken ct = default) =>
        throw new InvalidOperationException("No sender of messages is configured (Notifications:Sender is None).");
}
