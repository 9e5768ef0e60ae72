using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>A rule that two sets have, but not alike.</summary>
/// <param name="Before">As it was.</param>
/// <param name="After">As it is.</param>
public sealed record RuleChange(RiskRule Before, RiskRule After);
