namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>Keeps standing orders and what became of their payments. Reads are strongly consistent except for what is due.</summary>
public interface IStandingOrderStore
{
    /// <summary>Reads an order of the customer, or <see langword="null"/>. One round trip.</summary>
    Task<StandingOrder?> FindAsync(string ownerId, string orderId, CancellationToken ct = default);

    /// <summary>Reads the customer's orders, newest first. One round trip for hundreds.</summary>
    Task<ImmutableArray<StandingOrder>> ListAsync(string ownerId, CancellationToken ct = default);

    /// <summary>Adds an order, if there is none with its id. One round trip.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddAsync(StandingOrder order, CancellationToken ct = default);

    /// <summary>
    /// Writes an order, if the stored version is the one before its own, and with it what became of a payment, all or nothing. One round
    /// trip.
    /// </summary>
    /// <returns>Whether it was written; if not, somebody has written since, or the payment was recorded before.</returns>
    Task<bool> TryWriteAsync(StandingOrder order, StandingOrderRun? run, CancellationToken ct = default);

    /// <summary>Reads what became of payments, the latest date first. One round trip.</summary>
    /// <param name="ownerId">The customer.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="limit">The most runs.</param>
    /// <param name="before">Only dates before this one.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<ImmutableArray<StandingOrderRun>> ReadRunsAsync(
        string ownerId, string orderId, int limit, DateOnly? before = null, CancellationToken ct = default);

    /// <summary>
    /// Finds orders that are due, the longest overdue first, from an index that follows a moment later: look at the row before acting on
    /// it. One round trip; its cost depends on what is due, not on how many orders there are.
    /// </summary>
    /// <param name="shard">Which part of the index, below <see cref="DueShards"/>.</param>
    /// <param name="now">The time.</param>
    /// <param name="limit">The most orders.</param>
    /// <param name="after">Where the last answer ended.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task<ImmutableArray<DueOrder>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueOrder? after = null, CancellationToken ct = default);

    /// <summary>The number of parts of the index of due orders.</summary>
    const int DueShards = 4;
}

/// <summary>An order that is due according to the index.</summary>
/// <param name="OwnerId">The customer.</param>
/// <param name="OrderId">The order.</param>
/// <param name="RunAt">When it was due.</param>
public sealed record DueOrder(string OwnerId, string OrderId, DateTimeOffset RunAt);
