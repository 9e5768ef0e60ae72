using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>An investigation of one customer by the fraud or compliance team, with its alerts and its disposition. Immutable.</summary>
public sealed record Case
{
    /// <summary>The permanent id of the case.</summary>
    public required string Id { get; init; }

    /// <summary>The team that works it.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The current state.</summary>
    public required CaseState State { get; init; }

    /// <summary>The user id of the customer it is about.</summary>
    public required string CustomerId { get; init; }

    /// <summary>
    /// The number of changes by people; the optimistic lock. A change applies to the version that was on screen or not at all. New alerts
    /// and notes do not change it.
    /// </summary>
    public required long Version { get; init; }

    /// <summary>When the case was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>The user id of the person who opened it; the bank itself when a rule did.</summary>
    public required string OpenedBy { get; init; }

    /// <summary>When the case is due to be closed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>When a person last changed the case.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The user id of the person who last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The account the case was opened for, if a person opened it for an account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The user id of the person who works on it, if anybody does.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>The disposition; <see langword="null"/> while the case is open.</summary>
    public CaseDisposition? Disposition { get; init; }

    /// <summary>When the case was closed; <see langword="null"/> while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The number of alerts.</summary>
    public int Alerts { get; init; }

    /// <summary>The time of the latest alert.</summary>
    public DateTimeOffset? LastAlertAt { get; init; }

    /// <summary>Whether the case is open in any state.</summary>
    public bool IsOpen => State != CaseState.Closed;

    /// <summary>The sort key in a queue: the due time of open cases, the closing time of closed ones.</summary>
    public DateTimeOffset QueueAt => ClosedAt ?? DueAt;

    /// <summary>The id in groups of five characters, easy to read aloud.</summary>
    public string Reference => string.Join('-', Id.Chunk(5).Select(group => new string(group)));

    /// <summary>The first part of the reference, for lists.</summary>
    public string ShortReference => Reference[..11];

    /// <summary>Returns whether the case is open past its due time.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsOpen && now > DueAt;
}

/// <summary>The state of a case. Stored by name: members may be added, never renamed.</summary>
public enum CaseState
{
    /// <summary>Open; nobody has worked on it yet.</summary>
    New,

    /// <summary>Open; somebody works on it.</summary>
    Investigating,

    /// <summary>Open; handed up. A fraud case is linked to a compliance case.</summary>
    Escalated,

    /// <summary>Closed with a disposition. Can be reopened.</summary>
    Closed,
}

/// <summary>The side of a transfer that a case is about.</summary>
public enum CaseSide
{
    /// <summary>The paying customer, or the one who deposits or withdraws cash.</summary>
    Payer,

    /// <summary>The receiving customer.</summary>
    Payee,
}

/// <summary>Filters a queue by assignee.</summary>
public enum CaseOwner
{
    /// <summary>All cases.</summary>
    All,

    /// <summary>Cases assigned to the viewer.</summary>
    Mine,

    /// <summary>Cases assigned to nobody.</summary>
    Unassigned,
}

/// <summary>The disposition of a closed case, from harmless to worst. Stored by name: members may be added, never renamed.</summary>
public enum CaseDisposition
{
    /// <summary>False positive: nothing was wrong.</summary>
    FalsePositive,

    /// <summary>Suspicious: could be neither explained nor proven.</summary>
    Suspicious,

    /// <summary>Confirmed fraud.</summary>
    ConfirmedFraud,
}
