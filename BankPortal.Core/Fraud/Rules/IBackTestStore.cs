namespace BankPortal.Core.Fraud.Rules;

/// <summary>Keeps the latest back-test of each version.</summary>
public interface IBackTestStore
{
    /// <summary>Keeps a report in place of the version's earlier one.</summary>
    Task SaveAsync(BackTestReport report, CancellationToken ct = default);

    /// <summary>The latest report of a version, if there is one.</summary>
    Task<BackTestReport?> FindAsync(int number, CancellationToken ct = default);
}
