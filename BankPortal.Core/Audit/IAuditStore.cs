namespace BankPortal.Core.Audit;

/// <summary>Keeps the audit trail. What is appended is never changed; every append is a new row.</summary>
public interface IAuditStore
{
    /// <summary>Appends a record.</summary>
    Task AppendAsync(AuditRecord record, CancellationToken ct = default);

    /// <summary>Appends the outcome of a record that was begun. A second outcome for the same record is not taken.</summary>
    /// <param name="begun">The record.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="detail">By which rule it was refused, or nothing.</param>
    /// <param name="at">When.</param>
    /// <param name="ct">Cancels the wait.</param>
    Task CompleteAsync(AuditRecord begun, AuditOutcome outcome, string? detail, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>The records of a subject with their outcomes, newest first. Strongly consistent, one round trip.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default);

    /// <summary>The records of a day (UTC) with their outcomes, newest first, older than <paramref name="after"/> where given. Eventually consistent.</summary>
    Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after, CancellationToken ct = default);
}
