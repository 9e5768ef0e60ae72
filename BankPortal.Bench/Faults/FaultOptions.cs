namespace BankPortal.Bench.Faults;

/// <summary>How hard the bank is tried.</summary>
internal sealed record FaultOptions
{
    /// <summary>What everything random is drawn from.</summary>
    public required int Seed { get; init; }

    /// <summary>How long money moves.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many people move money at the same time, in this process.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>Over how many accounts.</summary>
    public int Accounts { get; init; } = 5;

    /// <summary>The share of requests that are disturbed.</summary>
    public double FaultShare { get; init; } = 0.2;

    /// <summary>How often the engine is killed and restarted on its file; never where <see langword="null"/>.</summary>
    public TimeSpan? KillEngineEvery { get; init; }

    /// <summary>How often a process that moves money is killed and started anew; there is none where <see langword="null"/>.</summary>
    public TimeSpan? KillProcessEvery { get; init; }

    /// <summary>The folder of the engine's file.</summary>
    public required string Folder { get; init; }
}
