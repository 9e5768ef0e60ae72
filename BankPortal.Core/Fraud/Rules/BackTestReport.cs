namespace BankPortal.Core.Fraud.Rules;

/// <summary>What a draft makes of a period of the ledger, beside the live version. The same period and the same rules give the same report.</summary>
public sealed record BackTestReport
{
    /// <summary>The draft's number.</summary>
    public required int Number { get; init; }

    /// <summary>The edition of the draft's rules.</summary>
    public required int Edition { get; init; }

    /// <summary>The version that was live.</summary>
    public required int LiveNumber { get; init; }

    /// <summary>The beginning of the period, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the period, exclusive.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>Who ran it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>The transfers replayed.</summary>
    public required long Transfers { get; init; }

    /// <summary>Transfers left out because not all facts of them were kept: bookings of the bank, and what could not be assessed.</summary>
    public required long LeftOut { get; init; }

    /// <summary>Each pair of outcomes that came up.</summary>
    public required ImmutableArray<OutcomeCount> Outcomes { get; init; }

    /// <summary>Every rule of either set.</summary>
    public required ImmutableArray<RuleHits> Rules { get; init; }

    /// <summary>Every day of the period on which there was something.</summary>
    public required ImmutableArray<AlertDay> Days { get; init; }

    /// <summary>How the live version does where dispositions exist.</summary>
    public required Accuracy Live { get; init; }

    /// <summary>How the draft does where dispositions exist.</summary>
    public required Accuracy Draft { get; init; }

    /// <summary>Some of the transfers that the draft takes more seriously.</summary>
    public required ImmutableArray<OutcomeSample> Stricter { get; init; }

    /// <summary>Some of the transfers that the draft takes less seriously.</summary>
    public required ImmutableArray<OutcomeSample> Milder { get; init; }

    /// <summary>How many transfers come to these outcomes.</summary>
    public long Count(Func<OutcomeCount, bool> which) => Outcomes.Where(which).Sum(outcome => outcome.Count);
}

/// <summary>How much there is to look at on a day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Transfers">The transfers of the day.</param>
/// <param name="Live">How many the live set flags.</param>
/// <param name="Draft">How many the draft flags.</param>
public sealed record AlertDay(DateOnly Day, long Transfers, long Live, long Draft);

/// <summary>How a rule set does on transfers of which people have decided what they were.</summary>
/// <param name="Bad">Those that were fraud or suspicious.</param>
/// <param name="Caught">Of these, how many the set flags.</param>
/// <param name="FalseAlarms">How many it flags that were harmless.</param>
public sealed record Accuracy(long Bad, long Caught, long FalseAlarms)
{
    /// <summary>Of what it flags, how much is bad; <see langword="null"/> when it flags nothing of what has been decided.</summary>
    public decimal? Precision => Caught + FalseAlarms == 0 ? null : (decimal)Caught / (Caught + FalseAlarms);

    /// <summary>Of what is bad, how much it flags; <see langword="null"/> when nothing was bad.</summary>
    public decimal? Recall => Bad == 0 ? null : (decimal)Caught / Bad;
}

/// <summary>How many transfers came to a pair of outcomes.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the set on trial.</param>
/// <param name="Count">How many.</param>
public sealed record OutcomeCount(RiskOutcome Live, RiskOutcome Other, long Count);

/// <summary>What two rule sets make of the same transfer.</summary>
/// <param name="Live">The live set's outcome.</param>
/// <param name="Other">The outcome of the set on trial.</param>
public readonly record struct OutcomePair(RiskOutcome Live, RiskOutcome Other)
{
    /// <summary>Whether they come to the same.</summary>
    public bool IsSame => Live == Other;
}

/// <summary>How often a rule fired in a back-test.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Name">Its name.</param>
/// <param name="Live">How often as the live set has it; <see langword="null"/> if it does not have it, or not enabled.</param>
/// <param name="Draft">How often as the draft has it; <see langword="null"/> if it does not have it, or not enabled.</param>
/// <param name="Bad">Of the draft's hits, how many turned out to be fraud or suspicious.</param>
/// <param name="Good">Of the draft's hits, how many turned out to be false alarms.</param>
/// <param name="Samples">Some of the draft's hits.</param>
public sealed record RuleHits(string RuleId, string Name, long? Live, long? Draft, long Bad, long Good, ImmutableArray<OutcomeSample> Samples);
