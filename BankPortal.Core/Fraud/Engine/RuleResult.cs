namespace BankPortal.Core.Fraud.Engine;

/// <summary>What one rule said of a transfer, and why.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="HasFired">Whether it fired.</param>
/// <param name="Because">Why, or why not, in a sentence with the numbers.</param>
public sealed record RuleResult(RiskRule Rule, bool HasFired, string Because);
