using BankPortal.Core.Notifications;

namespace BankPortal.Bench;

/// <summary>Sends nothing.</summary>
internal sealed class NoMessages : INotificationSender
{
    public Task SendAsync(Notification notification, CancellationToken ct = default) => Task.CompletedTask;
}
