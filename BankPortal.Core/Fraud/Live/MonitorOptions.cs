namespace BankPortal.Core.Fraud.Live;

/// <summary>How the live monitor keeps up and what it keeps.</summary>
public sealed class MonitorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>The shortest time between two frames. One frame is made for all who watch.</summary>
    public TimeSpan FrameEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the ledger's feed is asked for what other processes committed, while somebody watches.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How far back each of these readings goes behind the one before: for commits that were on their way, for an index
    /// that follows a moment later, and for clocks that differ.
    /// </summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a reading goes back by <see cref="SweepBack"/> instead, for what came later still.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How far such a reading goes back.</summary>
    public TimeSpan SweepBack { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the queue of held transfers is counted, while somebody watches.</summary>
    public TimeSpan HeldEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many held transfers are counted; with more of them, the screen says "more than".</summary>
    public int MostHeld { get; set; } = 500;

    /// <summary>How many of the newest transfers are kept.</summary>
    public int MostEvents { get; set; } = 500;

    /// <summary>How many transfers are read when somebody begins to watch; if the last hour has more, figures begin later.</summary>
    public int MostFill { get; set; } = 5000;

    /// <summary>How long the monitor goes on after the last one has left, so that a change of page costs nothing.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(20);
}
