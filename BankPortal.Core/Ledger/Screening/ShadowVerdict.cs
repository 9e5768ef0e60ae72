namespace BankPortal.Core.Ledger.Screening;

/// <summary>What a rule set that runs beside the live one would have made of a transfer.</summary>
/// <param name="RuleSet">Its version.</param>
/// <param name="Outcome">What it would have led to.</param>
/// <param name="Score">Its score.</param>
public sealed record ShadowVerdict(int RuleSet, RiskOutcome Outcome, int Score);
