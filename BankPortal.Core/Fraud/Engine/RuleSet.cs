namespace BankPortal.Core.Fraud.Engine;

/// <summary>What decides about transfers: rules and thresholds. A version never changes; a change is a new version.</summary>
/// <param name="Version">Its number, counted from 1.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Thresholds">From score to outcome.</param>
public sealed record RuleSet(int Version, ImmutableArray<RiskRule> Rules, RiskThresholds Thresholds);

/// <summary>From which score on a transfer is alerted, held, blocked.</summary>
/// <param name="Alert">From this score on, somebody is told.</param>
/// <param name="Hold">From this score on, it waits for a decision.</param>
/// <param name="Block">From this score on, it is refused.</param>
public sealed record RiskThresholds(int Alert, int Hold, int Block);
