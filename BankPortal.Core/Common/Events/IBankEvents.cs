namespace BankPortal.Core.Common.Events;

/// <summary>
/// Raises events from modules whose own write is not part of the event's transaction. The stores of the ledger, of accounts and of users
/// write their events in the transaction of what happened. Implementations are thread-safe.
/// </summary>
public interface IBankEvents
{
    /// <summary>
    /// Stores the event; it is durable when the call returns. Raising an event again with the same id does nothing, for at least
    /// <see cref="RememberedFor"/>. Call it after what happened is stored, and again after a fault.
    /// </summary>
    Task RaiseAsync(BankEvent happened, CancellationToken ct);

    /// <summary>How long ids are remembered at least.</summary>
    static TimeSpan RememberedFor { get; } = TimeSpan.FromDays(90);
}
