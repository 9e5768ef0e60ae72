namespace BankPortal.Core.Ledger.Screening;

/// <summary>
/// Assesses each transfer before it is committed. The ledger obeys: it posts, holds or refuses as the verdict says, and
/// keeps the verdict with the transfer.
/// </summary>
public interface ITransferScreening
{
    /// <summary>How long the ledger waits for <see cref="GatherAsync"/> after its own reading is done, before it gives up and has the transfer held.</summary>
    TimeSpan Budget { get; }

    /// <summary>
    /// Gathers what is to be known about an order besides the accounts' rows. The ledger reads those at the same time, so
    /// that assessing adds no round trip that has to be waited for. May fail.
    /// </summary>
    Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default);

    /// <summary>Assesses a transfer that all other rules allow. No input or output, no effect; never throws.</summary>
    /// <param name="candidate">The transfer as it would be posted, and its accounts before it.</param>
    /// <param name="background">What <see cref="GatherAsync"/> found.</param>
    /// <returns>The verdict; <see langword="null"/> for bookings that nobody assesses.</returns>
    RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background);
}
