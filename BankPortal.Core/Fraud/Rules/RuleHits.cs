using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Rules;

/// <summary>How often a rule fired in a back-test.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Live">How often as the live set has it; <see langword="null"/> if it does not have it, or not enabled.</param>
/// <param name="Draft">How often as the draft has it; <see langword="null"/> if it does not have it, or not enabled.</param>
/// <param name="Bad">Of the draft's hits, how many turned out to be fraud or suspicious.</param>
/// <param name="Good">Of the draft's hits, how many turned out to be false alarms.</param>
/// <param name="Samples">Some of the draft's hits.</param>
public sealed record RuleHits(string RuleId, string Name, long? Live, long? Draft, long Bad, long Good, ImmutableArray<OutcomeSample> Samples);
