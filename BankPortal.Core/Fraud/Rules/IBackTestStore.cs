namespace BankPortal.Core.Fraud.Rules;

/// <summary>Stores the latest back-test report of each version. Implementations are thread-safe.</summary>
public interface IBackTestStore
{
    /// <summary>Stores a report and replaces the version's earlier one.</summary>
    Task SaveAsync(BackTestReport report, CancellationToken ct = default);

    /// <summary>Reads the latest report of a version; <see langword="null"/> when there is none.</summary>
    Task<BackTestReport?> FindAsync(int number, CancellationToken ct = default);
}
