namespace BankPortal.Core.Audit;

/// <summary>Stores security events beside the audit trail. Append-only. Implementations are thread-safe.</summary>
public interface ISecurityEventStore
{
    /// <summary>Appends records. Appending a record again, after a fault, stores it once.</summary>
    Task AppendAsync(IReadOnlyCollection<SecurityRecord> records, CancellationToken ct = default);

    /// <summary>Reads the records of a day (UTC), newest first; only those older than <paramref name="after"/> when given. Eventually
    /// consistent.</summary>
    Task<IReadOnlyList<SecurityRecord>> ListDayAsync(
        DateOnly day, int limit, SecurityRecord? after = null, CancellationToken ct = default);

    /// <summary>Reads the records of a person, newest first.</summary>
    Task<IReadOnlyList<SecurityRecord>> ListOfUserAsync(string userId, int limit, CancellationToken ct = default);

    /// <summary>
    /// Counts the events of a day (UTC) by kind and outcome, for figures such as failed authentication attempts. Reads every record of the
    /// day. Eventually consistent.
    /// </summary>
    Task<IReadOnlyList<SecurityEventCount>> CountDayAsync(DateOnly day, CancellationToken ct = default);
}
