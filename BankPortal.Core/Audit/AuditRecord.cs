namespace BankPortal.Core.Audit;

/// <summary>One act of staff. Records are never changed or taken away; the outcome of an act is a record of its own in the store.</summary>
/// <param name="Id">Identifies the record.</param>
/// <param name="At">When it was begun.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="Action">What was done, as a stable verb such as <c>account.freeze</c>.</param>
/// <param name="Subject">On what.</param>
/// <param name="Reason">Why, in the words of whoever did it.</param>
/// <param name="Detail">What else belongs to it: what was changed, or by which rule it was refused.</param>
public sealed record AuditRecord(string Id, DateTimeOffset At, string ActorId, string Action, AuditSubject Subject, string? Reason, string? Detail)
{
    /// <summary>What became of it.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;

    /// <summary>When the outcome was recorded; the same as <see cref="At"/> where it was recorded in one.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The session in which it was done, if it was a person's.</summary>
    public string? SessionId { get; init; }
}

/// <summary>What became of a recorded act.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>
    /// It was begun, and nobody has recorded how it ended: it is under way, or the process stopped in between, or its
    /// outcome could not be written. The subject itself tells whether it was done.
    /// </summary>
    Begun,

    /// <summary>It was refused by a rule of the bank; nothing was done.</summary>
    Refused,
}
