namespace BankPortal.Core.Fraud.Live;

/// <summary>All that the live monitor shows at one moment; the same object for everybody who watches in this process.</summary>
public sealed record LiveFrame
{
    /// <summary>The number of the frame, one more than that of the frame before.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How well the monitor follows the ledger.</summary>
    public required LiveState State { get; init; }

    /// <summary>What all processes committed until then is in it; what this process committed later is in it, too.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Since when figures and series are complete: an hour, or less on a busy day that somebody has just begun to watch.</summary>
    public required DateTimeOffset CoveredSince { get; init; }

    /// <summary>The newest transfers, the latest change first, each once.</summary>
    public required ImmutableArray<LiveEvent> Events { get; init; }

    /// <summary>The number of the event that came last; 0 before the first.</summary>
    public required long LastNumber { get; init; }

    /// <summary>All events with this number and later ones are among <see cref="Events"/>, or were overtaken by one that is.</summary>
    public required long CompleteFrom { get; init; }

    /// <summary>The key figures.</summary>
    public required LiveFigures Figures { get; init; }

    /// <summary>The last 15 minutes in spans of ten seconds, oldest first; the last one is not over yet.</summary>
    public required ImmutableArray<LiveSpan> Recent { get; init; }

    /// <summary>The last hour in minutes, oldest first; the last one is not over yet.</summary>
    public required ImmutableArray<LiveSpan> Minutes { get; init; }

    /// <summary>The rules that fired most in the last hour, the most frequent first.</summary>
    public required ImmutableArray<LiveRule> TopRules { get; init; }

    /// <summary>The queue of held transfers; <see langword="null"/> until it was counted.</summary>
    public required LiveHeld? Queue { get; init; }
}

/// <summary>A transfer as it last changed, as the live monitor shows it.</summary>
/// <param name="Number">Counts what the monitor of this process took in, without gaps. Not the order of change.</param>
/// <param name="Transfer">The transfer, without the facts of its assessment.</param>
public sealed record LiveEvent(long Number, Transfer Transfer);

/// <summary>The queue of held transfers.</summary>
/// <param name="Count">How many wait.</param>
/// <param name="IsMore">Whether there are more than were counted.</param>
/// <param name="OldestAt">Since when the first of them waits.</param>
public sealed record LiveHeld(int Count, bool IsMore, DateTimeOffset? OldestAt);

/// <summary>How often a rule fired.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Count">For how many transfers.</param>
public sealed record LiveRule(string RuleId, int Count);

/// <summary>What was asked for in a short span of time.</summary>
/// <param name="Start">When the span begins.</param>
/// <param name="Count">How many transfers.</param>
/// <param name="Volume">Their sum in the bank's main currency, in minor units.</param>
/// <param name="Passed">How many passed, those included that are not assessed.</param>
/// <param name="Alerted">How many passed with an alert.</param>
/// <param name="Held">How many were held.</param>
/// <param name="Blocked">How many were refused.</param>
public sealed record LiveSpan(DateTimeOffset Start, int Count, long Volume, int Passed, int Alerted, int Held, int Blocked)
{
    /// <summary>How many had this outcome.</summary>
    public int Of(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Alert => Alerted,
        RiskOutcome.Hold => Held,
        RiskOutcome.Block => Blocked,
        _ => Passed,
    };
}

/// <summary>How well the live monitor follows the ledger.</summary>
public enum LiveState
{
    /// <summary>The last hour is being read.</summary>
    Starting,

    /// <summary>What is shown is all there is.</summary>
    Live,

    /// <summary>The ledger has not been read for a while: something may be missing, and will come.</summary>
    Behind,
}
