namespace BankPortal.Core.Fraud.Rules;

/// <summary>Sums up, over all nodes, how versions in shadow would have decided about live transfers. Implementations are
/// thread-safe.</summary>
public interface IShadowStore
{
    /// <summary>Adds to the counts of a version atomically, and stores samples for some weeks.</summary>
    Task AddAsync(
        int number, IReadOnlyCollection<OutcomeCount> counts, IReadOnlyCollection<OutcomeSample> samples, CancellationToken ct = default);

    /// <summary>Reads the sums of a version.</summary>
    /// <param name="number">The version number.</param>
    /// <param name="samples">The most samples to return.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<ShadowComparison> ReadAsync(int number, int samples, CancellationToken ct = default);
}
