namespace BankPortal.Core.Audit;

/// <summary>
/// Who did what to whom and why. Everything staff do is recorded here. Authorising is the business of whoever acts or
/// reads; this only keeps.
/// </summary>
public interface IAuditTrail
{
    /// <summary>
    /// Does something and keeps a record of it that no crash can lose: the intention is recorded first, then the act is
    /// carried out, then its outcome is recorded. When the intention cannot be recorded, nothing is done and the fault is
    /// thrown. When the outcome cannot be recorded, the record stays <see cref="AuditOutcome.Begun"/>.
    /// </summary>
    /// <param name="actor">Who acts; authorised before.</param>
    /// <param name="action">A stable verb such as <c>account.freeze</c>.</param>
    /// <param name="subject">On what.</param>
    /// <param name="reason">Why.</param>
    /// <param name="act">The act. A failure is recorded as refused, an exception leaves the record as begun.</param>
    /// <param name="detail">What else belongs to it.</param>
    /// <param name="ct">Cancels what can still be cancelled.</param>
    /// <returns>What the act returned.</returns>
    Task<Result<T>> ActAsync<T>(
        Actor actor, string action, AuditSubject subject, string? reason, Func<CancellationToken, Task<Result<T>>> act, string? detail = null, CancellationToken ct = default)
        where T : notnull;

    /// <summary>
    /// Records something as done, for acts that carry their own proof (a case's timeline, a rule set's version) or that
    /// change nothing (an export, a look at something sensitive). Other acts use <see cref="ActAsync"/>.
    /// </summary>
    Task RecordAsync(Actor actor, string action, AuditSubject subject, string? reason, string? detail = null, CancellationToken ct = default);

    /// <summary>What was done to a subject, newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default);

    /// <summary>What was done on a day (UTC), newest first; may lag behind by moments.</summary>
    /// <param name="day">The day.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="after">Only what is older than this one; the last of the stretch before.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after = null, CancellationToken ct = default);
}
