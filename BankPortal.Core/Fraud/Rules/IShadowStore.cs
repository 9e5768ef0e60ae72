namespace BankPortal.Core.Fraud.Rules;

/// <summary>Adds up over all nodes what versions in shadow make of live transfers.</summary>
public interface IShadowStore
{
    /// <summary>Adds to the counts of a version, whoever else adds at the same time, and keeps samples for some weeks.</summary>
    Task AddAsync(int number, IReadOnlyCollection<OutcomeCount> counts, IReadOnlyCollection<OutcomeSample> samples, CancellationToken ct = default);

    /// <summary>What has been added up for a version.</summary>
    /// <param name="number">The version.</param>
    /// <param name="samples">How many samples at the most.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<ShadowComparison> ReadAsync(int number, int samples, CancellationToken ct = default);
}
