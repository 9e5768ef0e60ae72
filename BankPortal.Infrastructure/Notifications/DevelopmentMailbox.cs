using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications;

/// <summary>
/// Keeps messages in memory instead of sending them, so that a developer can read them on a page. Keeps at most <see cref="Capacity"/>
/// messages; older ones are dropped. For Development only. Thread-safe.
/// </summary>
public sealed class DevelopmentMailbox(TimeProvider time) : INotificationSender
{
    /// <summary>The most messages that are kept.</summary>
    public const int Capacity = 500;

    private readonly Lock _gate = new();
    private ImmutableList<MailboxMessage> _messages = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The messages, newest first.</summary>
    public IReadOnlyList<MailboxMessage> Messages => _messages;

    /// <summary>Returns the messages to one address, newest first. The case of letters is ignored.</summary>
    public IReadOnlyList<MailboxMessage> For(string address) =>
        [.. _messages.Where(message => string.Equals(message.Notification.To, address, StringComparison.OrdinalIgnoreCase))];

    /// <inheritdoc/>
    public Task SendAsync(Notification notification, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(notification);
        ct.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_messages.Any(message => string.Equals(message.Notification.Id, notification.Id, StringComparison.Ordinal)))
            {
                return Task.CompletedTask;
            }

            var messages = _messages.Insert(0, new MailboxMessage(notification, time.GetUtcNow()));
            _messages = messages.Count > Capacity ? messages.RemoveAt(messages.Count - 1) : messages;
        }

        Interlocked.Exchange(ref _arrival, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Waits for a message to an address whose subject contains <paramref name="subject"/>, and returns the newest
    /// one.</summary>
    public async Task<Notification> WaitForAsync(string address, string subject, CancellationToken ct = default)
    {
        while (true)
        {
            var arrival = Volatile.Read(ref _arrival).Task;
            var found = For(address)
                .FirstOrDefault(message => message.Notification.Subject.Contains(subject, StringComparison.OrdinalIgnoreCase));
            if (found is not null)
            {
                return found.Notification;
            }

            await arrival.WaitAsync(ct);
        }
    }

    /// <summary>Deletes every message.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _messages = [];
        }
    }
}

/// <summary>A message in the development mailbox.</summary>
/// <param name="Notification">The message.</param>
/// <param name="ReceivedAt">When it was received.</param>
public sealed record MailboxMessage(Notification Notification, DateTimeOffset ReceivedAt);
