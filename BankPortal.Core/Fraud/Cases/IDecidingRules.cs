using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Finds the rule sets that decided about transfers. Implementations are thread-safe.</summary>
public interface IDecidingRules
{
    /// <summary>Reads a version of the rule set; <see langword="null"/> when it is unknown here.</summary>
    Task<RuleSet?> FindAsync(int version, CancellationToken ct = default);
}
