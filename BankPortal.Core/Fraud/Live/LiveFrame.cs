namespace BankPortal.Core.Fraud.Live;

/// <summary>The state of the live monitor at one moment. Immutable; all viewers in this process share the same object.</summary>
public sealed record LiveFrame
{
    /// <summary>The number of the frame, counted up by one.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the frame was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How closely the monitor follows the ledger.</summary>
    public required LiveState State { get; init; }

    /// <summary>The frame contains everything that all nodes committed up to this time, and later commits of this process.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The time since which figures and series are complete: an hour ago, or later when there is too much to read at the
    /// start.</summary>
    public required DateTimeOffset CoveredSince { get; init; }

    /// <summary>The newest transfers, latest change first, each once.</summary>
    public required ImmutableArray<LiveEvent> Events { get; init; }

    /// <summary>The number of the latest event; 0 when there is none.</summary>
    public required long LastNumber { get; init; }

    /// <summary>From this number on, every event is in <see cref="Events"/> or was replaced by a later one of the same
    /// transfer.</summary>
    public required long CompleteFrom { get; init; }

    /// <summary>The key figures.</summary>
    public required LiveFigures Figures { get; init; }

    /// <summary>The last 15 minutes in spans of ten seconds, oldest first; the last span is still running.</summary>
    public required ImmutableArray<LiveSpan> Recent { get; init; }

    /// <summary>The last hour in minutes, oldest first; the last minute is still running.</summary>
    public required ImmutableArray<LiveSpan> Minutes { get; init; }

    /// <summary>The rules that fired most in the last hour, most frequent first.</summary>
    public required ImmutableArray<LiveRule> TopRules { get; init; }

    /// <summary>The queue of held transfers; <see langword="null"/> until it is first counted.</summary>
    public required LiveHeld? Queue { get; init; }
}

/// <summary>The latest state of a transfer on the live monitor.</summary>
/// <param name="Number">The order in which this process received it, without gaps; not the order of change.</param>
/// <param name="Transfer">The transfer without its facts.</param>
public sealed record LiveEvent(long Number, Transfer Transfer);

/// <summary>The queue of held transfers.</summary>
/// <param name="Count">The number of held transfers.</param>
/// <param name="IsMore">Whether there are more than were counted.</param>
/// <param name="OldestAt">When the oldest of them was held.</param>
public sealed record LiveHeld(int Count, bool IsMore, DateTimeOffset? OldestAt);

/// <summary>How often a rule fired.</summary>
/// <param name="RuleId">The id of the rule.</param>
/// <param name="Count">The number of transfers.</param>
public sealed record LiveRule(string RuleId, int Count);

/// <summary>The transfers ordered in a short span of time.</summary>
/// <param name="Start">The start of the span.</param>
/// <param name="Count">The number of transfers.</param>
/// <param name="Volume">Their sum in the bank's main currency, in minor units.</param>
/// <param name="Passed">The number allowed, including those without screening.</param>
/// <param name="Alerted">The number that raised an alert.</param>
/// <param name="Held">The number held.</param>
/// <param name="Blocked">The number blocked.</param>
public sealed record LiveSpan(DateTimeOffset Start, int Count, long Volume, int Passed, int Alerted, int Held, int Blocked)
{
    /// <summary>Returns the number of transfers with an outcome.</summary>
    public int Of(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Alert => Alerted,
        RiskOutcome.Hold => Held,
        RiskOutcome.Block => Blocked,
        _ => Passed,
    };
}

/// <summary>How closely the live monitor follows the ledger.</summary>
public enum LiveState
{
    /// <summary>The last hour is still being read.</summary>
    Starting,

    /// <summary>The monitor is up to date.</summary>
    Live,

    /// <summary>The ledger could not be read for a while; missing transfers follow when it can.</summary>
    Behind,
}
