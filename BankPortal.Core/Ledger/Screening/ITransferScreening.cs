namespace BankPortal.Core.Ledger.Screening;

/// <summary>
/// Assesses the risk of each transfer before it is committed. The ledger posts, holds or refuses the transfer as the verdict says,
/// and stores the verdict with it. Thread-safe.
/// </summary>
public interface ITransferScreening
{
    /// <summary>
    /// How long the ledger waits for <see cref="GatherAsync"/> after it has read the accounts; then the transfer is assessed without
    /// the data, and held.
    /// </summary>
    TimeSpan Budget { get; }

    /// <summary>
    /// Reads the data about an order that the assessment needs besides the accounts' rows. The ledger reads those at the same
    /// time, so that the assessment adds no waiting. May fail.
    /// </summary>
    Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default);

    /// <summary>Assesses a transfer that all other rules allow. No input or output, no effect; never throws.</summary>
    /// <param name="candidate">The transfer as it would be posted, and its accounts before it.</param>
    /// <param name="background">What <see cref="GatherAsync"/> found.</param>
    /// <returns>The verdict; <see langword="null"/> for bookings that are not assessed.</returns>
    RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background);
}
