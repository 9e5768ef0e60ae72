namespace BankPortal.Core.Fraud.Cases;

/// <summary>One event in a case's timeline. Written once, never changed.</summary>
public sealed record CaseEvent
{
    /// <summary>The id of the case.</summary>
    public required string CaseId { get; init; }

    /// <summary>Distinguishes events of the same instant. An event that may be written twice has an id derived from its
    /// content.</summary>
    public required string Id { get; init; }

    /// <summary>When the event happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind of event.</summary>
    public required CaseEventKind Kind { get; init; }

    /// <summary>The user id of the person who caused it; the bank itself for events caused by rules.</summary>
    public required string ActorId { get; init; }

    /// <summary>The id of the transfer, person or case the event is about, depending on the kind.</summary>
    public string? Subject { get; init; }

    /// <summary>A further detail: the name of an enumeration member, depending on the kind.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason or the note. Stored encrypted.</summary>
    public string? Text { get; init; }
}

/// <summary>The kinds of events. Stored by name: members may be added, never renamed.</summary>
public enum CaseEventKind
{
    /// <summary>The case was opened; the text is the reason when a person opened it.</summary>
    Opened,

    /// <summary>An alert was added; the subject is the transfer, the detail the outcome of screening.</summary>
    AlertAdded,

    /// <summary>A held transfer of the case was settled; the subject is the transfer, the detail its status, the text the
    /// reason.</summary>
    AlertSettled,

    /// <summary>The case was assigned; the subject is the assignee.</summary>
    Assigned,

    /// <summary>The case went back to the queue; the subject is the former assignee.</summary>
    Unassigned,

    /// <summary>Somebody added a note; the text is the note.</summary>
    Note,

    /// <summary>The case was linked to another one; the subject is that case.</summary>
    Linked,

    /// <summary>The case was escalated; the subject is the compliance case, if there is one.</summary>
    Escalated,

    /// <summary>Another case was escalated to this one; the subject is that case.</summary>
    EscalatedHere,

    /// <summary>The case was closed; the detail is the disposition, the text the reason.</summary>
    Closed,

    /// <summary>The case was reopened; the text is the reason.</summary>
    Reopened,
}
