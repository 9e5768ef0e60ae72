namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>How far the books have been gone over, and who is at it.</summary>
public sealed record ReconciliationState
{
    /// <summary>The node that goes over them.</summary>
    public string? Holder { get; init; }

    /// <summary>Until when no other node may.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>Where the next step begins; <see langword="null"/> at the beginning of a cycle.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many cycles have been completed.</summary>
    public long Cycles { get; init; }

    /// <summary>When the running cycle began; <see langword="null"/> while resting between two.</summary>
    public DateTimeOffset? CycleStartedAt { get; init; }

    /// <summary>How many accounts the running cycle has looked at.</summary>
    public long Accounts { get; init; }

    /// <summary>How many entries the running cycle has looked at.</summary>
    public long Entries { get; init; }

    /// <summary>When the last step was made.</summary>
    public DateTimeOffset? LastStepAt { get; init; }

    /// <summary>Not before this the next cycle begins.</summary>
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>When the last cycle was completed.</summary>
    public DateTimeOffset? LastCycleEndedAt { get; init; }

    /// <summary>How many accounts it looked at.</summary>
    public long LastCycleAccounts { get; init; }

    /// <summary>How many entries it looked at.</summary>
    public long LastCycleEntries { get; init; }
}
