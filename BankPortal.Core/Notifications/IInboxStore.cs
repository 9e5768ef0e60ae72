using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Notifications;

/// <summary>Stores the messages of the notification centre. Implementations are thread-safe.</summary>
public interface IInboxStore
{
    /// <summary>
    /// Stores a message and, in the same transaction, what goes out over channels. A message that is stored already stays as it is, and
    /// nothing goes out a second time.
    /// </summary>
    /// <returns>Whether it is new.</returns>
    Task<bool> AddAsync(InboxMessage message, IReadOnlyList<BankEvent> deliveries, CancellationToken ct = default);

    /// <summary>Reads a person's messages, newest first.</summary>
    Task<IReadOnlyList<InboxMessage>> ListAsync(InboxQuery query, CancellationToken ct = default);

    /// <summary>Counts a person's unread messages, up to <paramref name="most"/>. A message of this moment may be missing.</summary>
    Task<int> CountUnreadAsync(string personId, int most, CancellationToken ct = default);

    /// <summary>Marks messages of a person as read. Those that do not exist or are read already are left alone.</summary>
    Task MarkReadAsync(string personId, IReadOnlyCollection<(DateTimeOffset At, string Id)> messages, CancellationToken ct = default);

    /// <summary>Reads which messages of a person are unread, oldest first.</summary>
    Task<IReadOnlyList<(DateTimeOffset At, string Id)>> ListUnreadAsync(string personId, int limit, CancellationToken ct = default);
}

/// <summary>Which messages to list.</summary>
/// <param name="PersonId">Whose messages.</param>
/// <param name="Limit">The most messages.</param>
public sealed record InboxQuery(string PersonId, int Limit)
{
    /// <summary>Only those that are unread.</summary>
    public bool OnlyUnread { get; init; }

    /// <summary>Only those about this.</summary>
    public MessageTopic? Topic { get; init; }

    /// <summary>Only those after this one in the list, that is, older ones.</summary>
    public (DateTimeOffset At, string Id)? After { get; init; }
}
