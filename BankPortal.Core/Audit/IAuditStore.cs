namespace BankPortal.Core.Audit;

/// <summary>Stores the audit trail. Append-only: every append is a new row and no row is changed. Implementations are
/// thread-safe.</summary>
public interface IAuditStore
{
    /// <summary>Appends a record.</summary>
    Task AppendAsync(AuditRecord record, CancellationToken ct = default);

    /// <summary>Appends the outcome of a record that was begun. A second outcome for the same record is ignored.</summary>
    /// <param name="begun">The record.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="detail">The code of the rule that refused the action, if any.</param>
    /// <param name="at">When the action ended.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task CompleteAsync(AuditRecord begun, AuditOutcome outcome, string? detail, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Reads the records of a subject with their outcomes, newest first. Strongly consistent, one round trip.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default);

    /// <summary>
    /// Reads the records of a day (UTC) with their outcomes, newest first; only those older than <paramref name="after"/> when given.
    /// Eventually consistent.
    /// </summary>
    Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after, CancellationToken ct = default);
}
