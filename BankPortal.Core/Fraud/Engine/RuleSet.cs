namespace BankPortal.Core.Fraud.Engine;

/// <summary>The rules and thresholds that decide about transfers. A version never changes; every change is a new version.</summary>
/// <param name="Version">The version number, counted from 1.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Thresholds">The scores from which a transfer is alerted, held or blocked.</param>
public sealed record RuleSet(int Version, ImmutableArray<RiskRule> Rules, RiskThresholds Thresholds);

/// <summary>The scores from which a transfer is alerted, held or blocked.</summary>
/// <param name="Alert">From this score on, an alert is raised.</param>
/// <param name="Hold">From this score on, the transfer is held for review.</param>
/// <param name="Block">From this score on, the transfer is refused.</param>
public sealed record RiskThresholds(int Alert, int Hold, int Block);
