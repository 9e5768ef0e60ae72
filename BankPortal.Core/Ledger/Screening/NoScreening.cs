namespace BankPortal.Core.Ledger.Screening;

/// <summary>Assesses nothing and lets everything through: for measuring the ledger by itself, and for its own tests.</summary>
public sealed class NoScreening : ITransferScreening
{
    /// <inheritdoc/>
    public TimeSpan Budget => Timeout.InfiniteTimeSpan;

    /// <inheritdoc/>
    public Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default) =>
        Task.FromResult(RiskBackground.NotAssessed);

    /// <inheritdoc/>
    public RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background) => null;
}
