using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>Delivers nothing and throws. Features that depend on messages check <see cref="NotificationOptions.CanSend"/>
/// first.</summary>
internal sealed class NoNotificationSender : INotificationSender
{
    public bool CanSend => false;

    public Task SendAsync(Notification notification, CancellationToken ct = default) =>
        throw new InvalidOperationException("No notification sender is configured (Notifications:Sender is None).");
}
