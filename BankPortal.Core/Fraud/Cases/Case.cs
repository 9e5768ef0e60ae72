using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A case of the fraud desk or of compliance: one customer, the alerts about them, and what people make of it.</summary>
public sealed record Case
{
    /// <summary>Identifies it for ever.</summary>
    public required string Id { get; init; }

    /// <summary>Who works it.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required CaseState State { get; init; }

    /// <summary>The customer it is about.</summary>
    public required string CustomerId { get; init; }

    /// <summary>
    /// Counts what people did to it, and is the lock: a change is made to the version that was on screen or not at all. New
    /// alerts and notes add to a case without changing it.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Who opened it; the bank itself when a rule did.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When it has to be closed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When a person last changed it.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Who last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The account it was opened for, where a person opened it for one.</summary>
    public string? AccountId { get; init; }

    /// <summary>Who works on it.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>What it turned out to be; only of closed cases.</summary>
    public CaseDisposition? Disposition { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How many alerts it has.</summary>
    public int Alerts { get; init; }

    /// <summary>The time of the latest of them.</summary>
    public DateTimeOffset? LastAlertAt { get; init; }

    /// <summary>Whether it waits for somebody.</summary>
    public bool IsOpen => State != CaseState.Closed;

    /// <summary>Where it stands in a queue: open cases by when they are due, closed ones by when they were closed.</summary>
    public DateTimeOffset QueueAt => ClosedAt ?? DueAt;

    /// <summary>The id in groups of five, as people read it out.</summary>
    public string Reference => string.Join('-', Id.Chunk(5).Select(group => new string(group)));

    /// <summary>The beginning of the reference, for lists.</summary>
    public string ShortReference => Reference[..11];

    /// <summary>Whether it should have been closed by now.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsOpen && now > DueAt;
}

/// <summary>Where a case stands. Stored by name: members may be added, never renamed.</summary>
public enum CaseState
{
    /// <summary>Nobody works on it yet.</summary>
    New,

    /// <summary>Somebody works on it.</summary>
    Investigating,

    /// <summary>Somebody else has to decide too: of a fraud case, compliance has a case of its own.</summary>
    Escalated,

    /// <summary>Decided, with a disposition. May be reopened.</summary>
    Closed,
}

/// <summary>Whose case an alert belongs to.</summary>
public enum CaseSide
{
    /// <summary>The customer whose money moves out, or who moves cash.</summary>
    Payer,

    /// <summary>The customer who receives.</summary>
    Payee,
}

/// <summary>Whose cases a queue shows.</summary>
public enum CaseOwner
{
    /// <summary>Everybody's.</summary>
    All,

    /// <summary>Those of whoever looks.</summary>
    Mine,

    /// <summary>Those nobody works on.</summary>
    Unassigned,
}

/// <summary>What a case turned out to be, from harmless to worst. Stored by name: members may be added, never renamed.</summary>
public enum CaseDisposition
{
    /// <summary>Nothing was wrong: the alert was mistaken.</summary>
    FalsePositive,

    /// <summary>It could not be explained, and could not be proven.</summary>
    Suspicious,

    /// <summary>It was fraud.</summary>
    ConfirmedFraud,
}
