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
