using System.Collections.Immutable;

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
