namespace BankPortal.Core.Fraud.Rules;

/// <summary>What a version in shadow made of live transfers so far, beside what was decided.</summary>
/// <param name="Since">When the first was counted; <see langword="null"/> before.</param>
/// <param name="Outcomes">Each pair of outcomes that came up.</param>
/// <param name="Samples">Recent transfers of which the two made something different, the newest first.</param>
public sealed record ShadowComparison(DateTimeOffset? Since, ImmutableArray<OutcomeCount> Outcomes, ImmutableArray<OutcomeSample> Samples)
{
    /// <summary>Nothing counted yet.</summary>
    public static ShadowComparison Empty { get; } = new(null, [], []);

    /// <summary>The transfers counted.</summary>
    public long Transfers => Outcomes.Sum(outcome => outcome.Count);
}
