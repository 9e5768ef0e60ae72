namespace BankPortal.Core.Common.Events;

/// <summary>A queue of stored events that wait to be dispatched. Implementations are thread-safe.</summary>
public interface IEventOutbox
{
    /// <summary>Reads the waiting events, oldest first; strongly consistent.</summary>
    /// <param name="limit">The most events to return.</param>
    /// <param name="until">Only those up to this time; <see langword="null"/> for all.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<WaitingEvent>> ReadAsync(int limit, DateTimeOffset? until = null, CancellationToken ct = default);

    /// <summary>Puts another event in the place of a waiting one, in one transaction; nothing happens when that is gone.</summary>
    Task ReplaceAsync(WaitingEvent waiting, BankEvent later, CancellationToken ct = default);

    /// <summary>Removes events that were dispatched. Repeating it is harmless.</summary>
    Task RemoveAsync(IReadOnlyCollection<WaitingEvent> done, CancellationToken ct = default);

    /// <summary>Moves an event that cannot be dispatched to those set aside, in one transaction.</summary>
    Task SetAsideAsync(WaitingEvent waiting, string reason, CancellationToken ct = default);

    /// <summary>Reads the events that were set aside, oldest first.</summary>
    Task<IReadOnlyList<AsideEvent>> ListAsideAsync(int limit, CancellationToken ct = default);

    /// <summary>Puts an event that was set aside back into the outbox, in one transaction.</summary>
    /// <returns><see langword="false"/> when it is no longer there.</returns>
    Task<bool> ResendAsync(string key, CancellationToken ct = default);
}

/// <summary>An event in the outbox.</summary>
/// <param name="Event">The event; <see langword="null"/> when what is stored cannot be read.</param>
/// <param name="Part">The partition of its row.</param>
/// <param name="Key">The sort key of its row.</param>
/// <param name="Stored">What is stored, for somebody who looks into an event that cannot be read.</param>
public sealed record WaitingEvent(BankEvent? Event, string Part, string Key, string? Stored = null);

/// <summary>An event that could not be dispatched.</summary>
/// <param name="Key">The sort key of its row.</param>
/// <param name="Kind">The kind of the event.</param>
/// <param name="At">When it happened; <see langword="null"/> when that cannot be read.</param>
/// <param name="SetAsideAt">When it was set aside.</param>
/// <param name="Reason">Why.</param>
public sealed record AsideEvent(string Key, string Kind, DateTimeOffset? At, DateTimeOffset SetAsideAt, string Reason)
{
    /// <summary>Whether it is a message that could not be sent, not an event that could not be turned into messages.</summary>
    public bool IsDelivery { get; init; }
}
