namespace BankPortal.Core.Audit.Chain;

/// <summary>Reads the chains of the audit log and the rows they cover, and keeps the anchors. Implementations are thread-safe.</summary>
public interface IAuditChainStore
{
    /// <summary>Reads links of a chain in order. Strongly consistent.</summary>
    /// <param name="shard">The chain.</param>
    /// <param name="after">The number of the last link of the page before; 0 for the first page.</param>
    /// <param name="limit">The most links.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<AuditLink>> ListLinksAsync(int shard, long after, int limit, CancellationToken ct);

    /// <summary>Finds the last link of a chain; <see langword="null"/> when it has none. Strongly consistent.</summary>
    Task<AuditLink?> FindLastAsync(int shard, CancellationToken ct);

    /// <summary>Finds links by chain and number; those that do not exist are missing in the result.</summary>
    Task<IReadOnlyList<AuditLink>> FindLinksAsync(IReadOnlyCollection<(int Shard, long Number)> links, CancellationToken ct);

    /// <summary>Finds rows; those that do not exist are missing in the result.</summary>
    Task<IReadOnlyDictionary<AuditRowKey, AuditRow>> FindRowsAsync(IReadOnlyCollection<AuditRowKey> keys, CancellationToken ct);

    /// <summary>Reads the rows of a day (UTC), staff actions and security events, a page at a time. Eventually consistent.</summary>
    IAsyncEnumerable<IReadOnlyList<AuditRow>> ListRowsAsync(DateOnly day, CancellationToken ct);

    /// <summary>Keeps an anchor; <see langword="false"/> when there is one for the day already.</summary>
    Task<bool> AddAnchorAsync(AuditAnchor anchor, CancellationToken ct);

    /// <summary>Reads the anchors from a day on, oldest first.</summary>
    Task<IReadOnlyList<AuditAnchor>> ListAnchorsAsync(DateOnly from, CancellationToken ct);

    /// <summary>Finds the last anchor before a day; <see langword="null"/> when there is none.</summary>
    Task<AuditAnchor?> FindAnchorBeforeAsync(DateOnly day, CancellationToken ct);
}
