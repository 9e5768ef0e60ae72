namespace BankPortal.Core.Fraud.Live;

/// <summary>Settings for the live monitor.</summary>
public sealed class MonitorOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Monitor";

    /// <summary>The shortest time between two frames. One frame is made for all who watch.</summary>
    public TimeSpan FrameEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often the ledger's feed is read for commits of other nodes, while somebody watches.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How far each read overlaps the one before, to catch commits in flight, index delay and differing clocks.
    /// </summary>
    public TimeSpan Overlap { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a read goes back by <see cref="SweepBack"/> instead, to catch what arrived even later.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How far back such a read goes.</summary>
    public TimeSpan SweepBack { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the queue of held transfers is counted, while somebody watches.</summary>
    public TimeSpan HeldEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The most held transfers that are counted; the screen says "more than" beyond that.</summary>
    public int MostHeld { get; set; } = 500;

    /// <summary>The most transfers kept in memory for display.</summary>
    public int MostEvents { get; set; } = 500;

    /// <summary>The most transfers read when the first viewer arrives; when the last hour has more, the figures start later.</summary>
    public int MostFill { get; set; } = 5000;

    /// <summary>How long the monitor keeps running after the last viewer has left, so that changing pages does not restart it.</summary>
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(20);
}
