namespace BankPortal.Core.Fraud.Rules;

/// <summary>How a version in shadow would have decided about live transfers so far, compared with the actual decisions.</summary>
/// <param name="Since">When the first transfer was counted; <see langword="null"/> before that.</param>
/// <param name="Outcomes">The number of transfers for each pair of outcomes.</param>
/// <param name="Samples">Recent transfers with different outcomes, newest first.</param>
public sealed record ShadowComparison(DateTimeOffset? Since, ImmutableArray<OutcomeCount> Outcomes, ImmutableArray<OutcomeSample> Samples)
{
    /// <summary>A comparison without transfers.</summary>
    public static ShadowComparison Empty { get; } = new(null, [], []);

    /// <summary>The number of transfers counted.</summary>
    public long Transfers => Outcomes.Sum(outcome => outcome.Count);
}
