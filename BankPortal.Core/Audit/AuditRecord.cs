namespace BankPortal.Core.Audit;

/// <summary>One recorded staff action. Records are never changed or removed; the store keeps the outcome of an action as a second
/// record.</summary>
/// <param name="Id">Identifies the record.</param>
/// <param name="At">When the action began.</param>
/// <param name="ActorId">The user id of the person who did it.</param>
/// <param name="Action">What was done, as a stable name such as <c>account.freeze</c>.</param>
/// <param name="Subject">The object of the action.</param>
/// <param name="Reason">The reason that person gave.</param>
/// <param name="Detail">Further details: what was changed, or the code of the rule that refused it.</param>
public sealed record AuditRecord(
    string Id, DateTimeOffset At, string ActorId, string Action, AuditSubject Subject, string? Reason, string? Detail)
{
    /// <summary>The outcome of the action.</summary>
    public AuditOutcome Outcome { get; init; } = AuditOutcome.Done;

    /// <summary>When the outcome was recorded; equals <see cref="At"/> when action and outcome were recorded together.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The session in which it was done; <see langword="null"/> for actions of the bank itself.</summary>
    public string? SessionId { get; init; }
}

/// <summary>The outcome of a recorded action.</summary>
public enum AuditOutcome
{
    /// <summary>The action was carried out.</summary>
    Done,

    /// <summary>
    /// The action was begun and no outcome is recorded: it is still running, the process stopped in between, or the outcome could not be
    /// written. The state of the subject shows whether the action was carried out.
    /// </summary>
    Begun,

    /// <summary>A rule of the bank refused the action; nothing was changed.</summary>
    Refused,
}
