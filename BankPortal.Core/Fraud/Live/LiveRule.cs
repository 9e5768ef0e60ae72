namespace BankPortal.Core.Fraud.Live;

/// <summary>How often a rule fired.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Count">For how many transfers.</param>
public sealed record LiveRule(string RuleId, int Count);
