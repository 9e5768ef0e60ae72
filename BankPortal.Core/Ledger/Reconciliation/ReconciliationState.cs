namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>The progress of the reconciliation.</summary>
public sealed record ReconciliationState
{
    /// <summary>The fence of the job's lease under which it was written; zero before the first step.</summary>
    public long Fence { get; init; }

    /// <summary>Where the next step begins; <see langword="null"/> at the beginning of a cycle.</summary>
    public string? Cursor { get; init; }

    /// <summary>How many cycles have been completed.</summary>
    public long Cycles { get; init; }

    /// <summary>When the current cycle began; <see langword="null"/> during the pause between two cycles.</summary>
    public DateTimeOffset? CycleStartedAt { get; init; }

    /// <summary>How many accounts the current cycle has checked.</summary>
    public long Accounts { get; init; }

    /// <summary>How many entries the current cycle has checked.</summary>
    public long Entries { get; init; }

    /// <summary>When the last step was made.</summary>
    public DateTimeOffset? LastStepAt { get; init; }

    /// <summary>The earliest time at which the next cycle begins.</summary>
    public DateTimeOffset? ResumeAt { get; init; }

    /// <summary>When the last cycle was completed.</summary>
    public DateTimeOffset? LastCycleEndedAt { get; init; }

    /// <summary>How many accounts the last cycle checked.</summary>
    public long LastCycleAccounts { get; init; }

    /// <summary>How many entries the last cycle checked.</summary>
    public long LastCycleEntries { get; init; }
}
