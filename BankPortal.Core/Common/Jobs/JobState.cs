namespace BankPortal.Core.Common.Jobs;

/// <summary>The stored row of a job: its lease, the run in progress, and what became of the last ones.</summary>
public sealed record JobState
{
    /// <summary>The job.</summary>
    public required string Name { get; init; }

    /// <summary>The number of writes to the row; the optimistic lock. 0 when it was never written.</summary>
    public long Version { get; init; }

    /// <summary>The node that holds the lease; <see langword="null"/> when none does.</summary>
    public string? Holder { get; init; }

    /// <summary>When the lease ends unless it is renewed.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    /// <summary>How often the lease was taken.</summary>
    public long Fence { get; init; }

    /// <summary>The moment the run in progress was due; <see langword="null"/> when none is.</summary>
    public DateTimeOffset? RunDue { get; init; }

    /// <summary>When the run in progress, or else the last one, began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Where the next step of the run in progress begins.</summary>
    public string? Cursor { get; init; }

    /// <summary>How much of the run in progress is done, in units of the job.</summary>
    public long Progress { get; init; }

    /// <summary>How much the run in progress has to do; <see langword="null"/> when unknown.</summary>
    public long? Total { get; init; }

    /// <summary>When the last step ended.</summary>
    public DateTimeOffset? LastStepAt { get; init; }

    /// <summary>The moment the last successful run was due.</summary>
    public DateTimeOffset? LastSuccessDue { get; init; }

    /// <summary>When the last successful run ended.</summary>
    public DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>What the last successful run did.</summary>
    public string? LastSummary { get; init; }

    /// <summary>How many steps have failed since the last one that succeeded.</summary>
    public int Failures { get; init; }

    /// <summary>The last error, shortened; kept after a success.</summary>
    public string? LastError { get; init; }

    /// <summary>When that error happened.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>The earliest time at which a failed step is tried again.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>When the job is due next, as of the last write: for display, the schedule decides.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>Whether a node holds the lease at that time.</summary>
    public bool IsHeldAt(DateTimeOffset now) => Holder is not null && HeldUntil > now;
}
