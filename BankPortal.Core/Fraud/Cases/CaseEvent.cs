namespace BankPortal.Core.Fraud.Cases;

/// <summary>One line of a case's timeline. Written once, never changed.</summary>
public sealed record CaseEvent
{
    /// <summary>The case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Tells it from others of the same instant. What may be written twice has an id that follows from what it says.</summary>
    public required string Id { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required CaseEventKind Kind { get; init; }

    /// <summary>Who did it; the bank itself for what rules do.</summary>
    public required string ActorId { get; init; }

    /// <summary>The transfer, person or case it is about, depending on the kind.</summary>
    public string? Subject { get; init; }

    /// <summary>More about it, by the name of an enumeration's member, depending on the kind.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason or the note. Kept encrypted.</summary>
    public string? Text { get; init; }
}

/// <summary>What happened in a case. Stored by name: members may be added, never renamed.</summary>
public enum CaseEventKind
{
    /// <summary>It was opened; the text is the reason when a person did.</summary>
    Opened,

    /// <summary>An alert was added; the subject is the transfer, the detail the outcome of its assessment.</summary>
    AlertAdded,

    /// <summary>A held transfer of the case was decided on; the subject is the transfer, the detail its status, the text the reason.</summary>
    AlertSettled,

    /// <summary>Somebody is to work on it; the subject is that person.</summary>
    Assigned,

    /// <summary>It went back to the queue; the subject is who worked on it.</summary>
    Unassigned,

    /// <summary>Somebody wrote a note; the text is the note.</summary>
    Note,

    /// <summary>It was linked to another case, which is the subject.</summary>
    Linked,

    /// <summary>It was escalated; the subject is the case that compliance has for it, if any.</summary>
    Escalated,

    /// <summary>Another case was escalated to this one; the subject is that case.</summary>
    EscalatedHere,

    /// <summary>It was closed; the detail is the disposition, the text the reason.</summary>
    Closed,

    /// <summary>It was opened again; the text is the reason.</summary>
    Reopened,
}
