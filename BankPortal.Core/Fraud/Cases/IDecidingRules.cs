using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Finds the rule sets that decided about transfers.</summary>
public interface IDecidingRules
{
    /// <summary>The rule set of that version, or <see langword="null"/> when it is not known here.</summary>
    Task<RuleSet?> FindAsync(int version, CancellationToken ct = default);
}
