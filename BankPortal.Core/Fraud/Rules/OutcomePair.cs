using BankPortal.Core.Ledger.Screening;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>What two rule sets make of the same transfer.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the set on trial.</param>
public readonly record struct OutcomePair(RiskOutcome Live, RiskOutcome Other)
{
    /// <summary>Whether they come to the same.</summary>
    public bool IsSame => Live == Other;
}
