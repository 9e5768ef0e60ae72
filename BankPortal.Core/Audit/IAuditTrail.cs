namespace BankPortal.Core.Audit;

/// <summary>
/// Records every staff action: who did what to which object, and why. Callers authorise actions and reads; the trail only records.
/// Implementations are thread-safe.
/// </summary>
public interface IAuditTrail
{
    /// <summary>
    /// Runs an action and records it so that no crash can lose the record: first the intention is recorded, then the action runs, then
    /// its outcome is recorded. When the intention cannot be recorded, the action does not run and the fault is thrown. When the outcome
    /// cannot be recorded, the record stays <see cref="AuditOutcome.Begun"/>.
    /// </summary>
    /// <param name="actor">The person who acts; the caller has authorised them.</param>
    /// <param name="action">A stable name such as <c>account.freeze</c>.</param>
    /// <param name="subject">The object of the action.</param>
    /// <param name="reason">The reason given.</param>
    /// <param name="run">The action. A refusal is recorded as refused; an exception leaves the record as begun.</param>
    /// <param name="detail">Further details, such as the values that change.</param>
    /// <param name="ct">Cancels the call; the outcome of a finished action is recorded all the same.</param>
    /// <returns>The result of the action.</returns>
    Task<Result<T>> RunAsync<T>(
        Actor actor,
        string action,
        AuditSubject subject,
        string? reason,
        Func<CancellationToken, Task<Result<T>>> run,
        string? detail = null,
        CancellationToken ct = default)
        where T : notnull;

    /// <summary>
    /// Records an action as done. For actions that leave their own evidence (a case's timeline, a rule set version) or change nothing (an
    /// export, a view of sensitive data). Other actions use <see cref="RunAsync"/>.
    /// </summary>
    Task RecordAsync(
        Actor actor, string action, AuditSubject subject, string? reason, string? detail = null, CancellationToken ct = default);

    /// <summary>Reads the records of a subject, newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default);

    /// <summary>Reads the records of a day (UTC), newest first; the newest may be missing for a moment.</summary>
    /// <param name="day">The day.</param>
    /// <param name="limit">The most records to return.</param>
    /// <param name="after">The last record of the previous page; only older records are returned.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after = null, CancellationToken ct = default);
}
