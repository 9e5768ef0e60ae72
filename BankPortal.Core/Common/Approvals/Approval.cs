namespace BankPortal.Core.Common.Approvals;

/// <summary>Something that one person asks for and others have to approve (maker-checker). Immutable.</summary>
public sealed record Approval
{
    /// <summary>Identifies it among those of its subject.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing is to be approved: a stable name in kebab case, such as <c>loan-grant</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, such as <c>loan/7F3…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What would happen, in one sentence without names.</summary>
    public required string Text { get; init; }

    /// <summary>The user id of who asked. Never approves or rejects it.</summary>
    public required string MakerId { get; init; }

    /// <summary>The user ids of the people it concerns. None of them, and nobody related to them, decides.</summary>
    public required ImmutableArray<string> Parties { get; init; }

    /// <summary>How many different people have to approve it. One who rejects is enough.</summary>
    public int Needed { get; init; } = 1;

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ends without a decision.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The state as stored; see <see cref="StateAt"/>.</summary>
    public ApprovalState State { get; init; }

    /// <summary>Who approved or rejected it, in order.</summary>
    public ImmutableArray<ApprovalDecision> Decisions { get; init; } = [];

    /// <summary>When it was decided, withdrawn or found expired.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The number of writes; the optimistic lock.</summary>
    public long Version { get; init; }

    /// <summary>How many approvals are missing.</summary>
    public int Missing => State == ApprovalState.Pending ? Math.Max(0, Needed - Decisions.Count(decision => decision.IsApproval)) : 0;

    /// <summary>The state at a time: what is pending ends by itself.</summary>
    public ApprovalState StateAt(DateTimeOffset now) =>
        State == ApprovalState.Pending && now >= ExpiresAt ? ApprovalState.Expired : State;
}

/// <summary>What one person decided.</summary>
/// <param name="UserId">The person.</param>
/// <param name="IsApproval">Whether they approved it.</param>
/// <param name="Comment">The reason they gave.</param>
/// <param name="At">When.</param>
public sealed record ApprovalDecision(string UserId, bool IsApproval, string Comment, DateTimeOffset At);

/// <summary>The state of an approval. Stored by name: members may be added, never renamed.</summary>
public enum ApprovalState
{
    /// <summary>Waits for a decision.</summary>
    Pending,

    /// <summary>Enough people approved it. Final.</summary>
    Approved,

    /// <summary>Somebody rejected it. Final.</summary>
    Rejected,

    /// <summary>It ended without a decision. Final.</summary>
    Expired,

    /// <summary>Its maker took it back. Final.</summary>
    Withdrawn,
}
