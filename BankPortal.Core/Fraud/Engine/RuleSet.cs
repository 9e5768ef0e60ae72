using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>What decides about transfers: rules and thresholds. A version never changes; a change is a new version.</summary>
/// <param name="Version">Its number, counted from 1.</param>
/// <param name="Rules">The rules.</param>
/// <param name="Thresholds">From score to outcome.</param>
public sealed record RuleSet(int Version, ImmutableArray<RiskRule> Rules, RiskThresholds Thresholds);
