using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Fakes;

/// <summary>Messages in memory.</summary>
public sealed class InMemoryInbox : IInboxStore
{
    private readonly Lock _gate = new();
    private ImmutableList<InboxMessage> _messages = [];

    public Task<bool> AddAsync(InboxMessage message, IReadOnlyList<BankEvent> deliveries, CancellationToken ct = default)
    {
        lock (_gate)
        {
            var isNew = !_messages.Exists(there => there.PersonId == message.PersonId && there.Id == message.Id);
            _messages = isNew ? _messages.Add(message) : _messages;
            return Task.FromResult(isNew);
        }
    }

    public Task<IReadOnlyList<InboxMessage>> ListAsync(InboxQuery query, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<InboxMessage>>([.. _messages
            .Where(message => message.PersonId == query.PersonId)
            .Where(message => !query.OnlyUnread || !message.IsRead)
            .Where(message => query.Topic is null || message.Topic == query.Topic)
            .OrderByDescending(message => (message.At, message.Id))
            .Where(message => query.After is not { } after || (message.At, message.Id).CompareTo(after) < 0)
            .Take(query.Limit)]);

    public Task<int> CountUnreadAsync(string personId, int most, CancellationToken ct = default) =>
        Task.FromResult(Math.Min(most, _messages.Count(message => message.PersonId == personId && !message.IsRead)));

    public Task<IReadOnlyList<(DateTimeOffset At, string Id)>> ListUnreadAsync(
        string personId, int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<(DateTimeOffset, string)>>([.. _messages
            .Where(message => message.PersonId == personId && !message.IsRead)
            .Select(message => (message.At, message.Id))
            .Take(limit)]);

    public Task MarkReadAsync(
        string personId, IReadOnlyCollection<(DateTimeOffset At, string Id)> messages, CancellationToken ct = default)
    {
        lock (_gate)
        {
            _messages = [.. _messages.Select(message =>
                message.PersonId == personId && messages.Contains((message.At, message.Id)) ? message with { IsRead = true } : message)];
        }

        return Task.CompletedTask;
    }
}
