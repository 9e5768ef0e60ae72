using BankPortal.Core.Ledger.Screening;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>How many transfers came to a pair of outcomes.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the set on trial.</param>
/// <param name="Count">How many.</param>
public sealed record OutcomeCount(RiskOutcome Live, RiskOutcome Other, long Count);
