namespace BankPortal.Core.Common.Runs;

/// <summary>
/// Work that somebody asked for and that takes longer than they wait: its definition, how far it is, and what it has. Immutable.
/// </summary>
public sealed record BackgroundRun
{
    /// <summary>The id. Derived where asking twice must be asking once.</summary>
    public required string Id { get; init; }

    /// <summary>Which worker does it: a stable name in kebab case.</summary>
    public required string Kind { get; init; }

    /// <summary>The person who asked.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be done, in the worker's form.</summary>
    public required string Definition { get; init; }

    /// <summary>How it stands.</summary>
    public RunState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last step ended.</summary>
    public DateTimeOffset? LastStepAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the next step begins, in the worker's form; <see langword="null"/> at the beginning.</summary>
    public string? Cursor { get; init; }

    /// <summary>How much is done, in units of the worker.</summary>
    public long Progress { get; init; }

    /// <summary>How much there is to do; <see langword="null"/> when unknown.</summary>
    public long? Total { get; init; }

    /// <summary>What the worker has so far, or the result when it is done; in the worker's form.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Why it failed, in a sentence for people; <see langword="null"/> when it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>How often the step at the cursor has failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>Whether it has not ended.</summary>
    public bool IsOpen => State is RunState.Waiting or RunState.Running;

    /// <summary>The part that is done; <see langword="null"/> when unknown.</summary>
    public double? Share => State == RunState.Done ? 1 : Total is > 0 ? Math.Clamp((double)Progress / Total.Value, 0, 1) : null;
}

/// <summary>How a run stands. Stored by name: members may be added, never renamed.</summary>
public enum RunState
{
    /// <summary>Asked for; no step was made.</summary>
    Waiting,

    /// <summary>Some steps are made.</summary>
    Running,

    /// <summary>Finished; the content is the result.</summary>
    Done,

    /// <summary>Cancelled by the person who asked.</summary>
    Cancelled,

    /// <summary>Given up.</summary>
    Failed,
}
