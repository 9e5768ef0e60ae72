namespace BankPortal.Core.Fraud.Rules;

/// <summary>The result of replaying a period of the ledger through a draft and the live version. The same period and rules give the same
/// report.</summary>
public sealed record BackTestReport
{
    /// <summary>The draft's version number.</summary>
    public required int Number { get; init; }

    /// <summary>The edition of the draft's rules that was tested.</summary>
    public required int Edition { get; init; }

    /// <summary>The number of the version that was live.</summary>
    public required int LiveNumber { get; init; }

    /// <summary>The start of the period, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the period, exclusive.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>The user id of the person who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When it finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The number of transfers replayed.</summary>
    public required long Transfers { get; init; }

    /// <summary>The number of transfers left out because their facts are incomplete: the bank's own bookings and transfers that could not
    /// be assessed.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The number of transfers for each pair of outcomes.</summary>
    public required ImmutableArray<OutcomeCount> Outcomes { get; init; }

    /// <summary>The hits of every rule of either set.</summary>
    public required ImmutableArray<RuleHits> Rules { get; init; }

    /// <summary>Alerts per day, for the days of the period with transfers.</summary>
    public required ImmutableArray<AlertDay> Days { get; init; }

    /// <summary>The accuracy of the live version on transfers with a disposition.</summary>
    public required Accuracy Live { get; init; }

    /// <summary>The accuracy of the draft on transfers with a disposition.</summary>
    public required Accuracy Draft { get; init; }

    /// <summary>A sample of the transfers on which the draft is stricter.</summary>
    public required ImmutableArray<OutcomeSample> Stricter { get; init; }

    /// <summary>A sample of the transfers on which the draft is more lenient.</summary>
    public required ImmutableArray<OutcomeSample> Milder { get; init; }

    /// <summary>Returns the number of transfers with the given outcomes.</summary>
    public long Count(Func<OutcomeCount, bool> which) => Outcomes.Where(which).Sum(outcome => outcome.Count);
}

/// <summary>The alert volume of one day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Transfers">The number of transfers.</param>
/// <param name="Live">How many the live set flags (any outcome but allow).</param>
/// <param name="Draft">How many the draft flags.</param>
public sealed record AlertDay(DateOnly Day, long Transfers, long Live, long Draft);

/// <summary>The accuracy of a rule set on transfers that have a disposition.</summary>
/// <param name="Bad">The number confirmed as fraud or suspicious.</param>
/// <param name="Caught">How many of these the set flags (true positives).</param>
/// <param name="FalseAlarms">How many harmless ones it flags (false positives).</param>
public sealed record Accuracy(long Bad, long Caught, long FalseAlarms)
{
    /// <summary>The share of flagged transfers that are bad; <see langword="null"/> when the set flags none that has a
    /// disposition.</summary>
    public decimal? Precision => Caught + FalseAlarms == 0 ? null : (decimal)Caught / (Caught + FalseAlarms);

    /// <summary>The share of bad transfers that are flagged; <see langword="null"/> when there are none.</summary>
    public decimal? Recall => Bad == 0 ? null : (decimal)Caught / Bad;
}

/// <summary>The number of transfers with one pair of outcomes.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the draft or shadow set.</param>
/// <param name="Count">The number of transfers.</param>
public sealed record OutcomeCount(RiskOutcome Live, RiskOutcome Other, long Count);

/// <summary>The outcomes of two rule sets for the same transfer.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the draft or shadow set.</param>
public readonly record struct OutcomePair(RiskOutcome Live, RiskOutcome Other)
{
    /// <summary>Whether both outcomes are the same.</summary>
    public bool IsSame => Live == Other;
}

/// <summary>How often a rule fires in a back-test.</summary>
/// <param name="RuleId">The id of the rule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Live">How often it fires in the live set; <see langword="null"/> when it is missing or disabled there.</param>
/// <param name="Draft">How often it fires in the draft; <see langword="null"/> when it is missing or disabled there.</param>
/// <param name="Bad">How many of the draft's hits were confirmed as fraud or suspicious.</param>
/// <param name="Good">How many of the draft's hits were false positives.</param>
/// <param name="Samples">A sample of the draft's hits.</param>
public sealed record RuleHits(
    string RuleId, string Name, long? Live, long? Draft, long Bad, long Good, ImmutableArray<OutcomeSample> Samples);
