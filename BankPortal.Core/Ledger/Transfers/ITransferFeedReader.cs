namespace BankPortal.Core.Ledger.Transfers;

/// <summary>
/// Reads transfers in the order in which they last changed, whichever process committed them. From an index that follows
/// a moment later, and by the clocks of the processes that wrote: what has just been committed may be missing, and may
/// later turn up before what was read already. Whoever follows the newest reads a little back each time and drops what it
/// has seen.
/// </summary>
public interface ITransferFeedReader
{
    /// <summary>
    /// All transfers that last changed in a period, the oldest change first. Streamed: memory and the size of
    /// single requests do not depend on how many there are.
    /// </summary>
    /// <param name="from">The beginning, inclusive.</param>
    /// <param name="before">The end, exclusive.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="LedgerUnavailableException">The store did not answer.</exception>
    IAsyncEnumerable<Transfer> ReadPeriodAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken ct = default);

    /// <summary>The transfers that changed last, the newest first.</summary>
    /// <param name="limit">How many at the most.</param>
    /// <param name="notBefore">How far back at the most, inclusive.</param>
    /// <param name="before">The end, exclusive.</param>
    /// <param name="ct">Cancels the reading.</param>
    /// <exception cref="LedgerUnavailableException">The store did not answer.</exception>
    Task<IReadOnlyList<Transfer>> ReadNewestAsync(
        int limit,
        DateTimeOffset notBefore,
        DateTimeOffset before,
        CancellationToken ct = default
    );

    /// <summary>Whether there is any transfer at all, of whatever age. One request.</summary>
    /// <exception cref="LedgerUnavailableException">The store did not answer.</exception>
    Task<bool> AnyAsync(CancellationToken ct = default);
}
