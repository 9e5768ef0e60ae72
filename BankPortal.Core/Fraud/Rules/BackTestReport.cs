using System.Collections.Immutable;

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
