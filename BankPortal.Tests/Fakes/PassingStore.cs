namespace BankPortal.Tests.Fakes;

/// <summary>A store of cases that passes everything on; for overriding single calls.</summary>
public abstract class PassingStore(ICaseStore inner) : ICaseStore
{
    public virtual Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default) => inner.CommitAsync(commit, ct);

    public virtual Task AddEventAsync(CaseEvent what, CancellationToken ct = default) => inner.AddEventAsync(what, ct);

    public virtual Task<Case?> FindAsync(string caseId, CancellationToken ct = default) => inner.FindAsync(caseId, ct);

    public virtual Task<IReadOnlyDictionary<string, Case>> FindManyAsync(
        IReadOnlyCollection<string> caseIds,
        CancellationToken ct = default
    ) => inner.FindManyAsync(caseIds, ct);

    public virtual Task<Case?> FindOpenAsync(CaseKind kind, string customerId, CancellationToken ct = default) =>
        inner.FindOpenAsync(kind, customerId, ct);

    public virtual Task<IReadOnlyList<CaseEvent>> ListEventsAsync(string caseId, int limit, CancellationToken ct = default) =>
        inner.ListEventsAsync(caseId, limit, ct);

    public virtual Task<IReadOnlyList<CaseLink>> ListLinksAsync(string caseId, CancellationToken ct = default) =>
        inner.ListLinksAsync(caseId, ct);

    public virtual Task<IReadOnlyList<string>> ListAlertsAsync(string caseId, int limit, CancellationToken ct = default) =>
        inner.ListAlertsAsync(caseId, limit, ct);

    public virtual Task<CasePage> ListAsync(CaseQuery query, string viewerId, CancellationToken ct = default) =>
        inner.ListAsync(query, viewerId, ct);

    public virtual Task<CaseCounts> CountAsync(
        IReadOnlyCollection<CaseKind> kinds,
        string viewerId,
        DateTimeOffset now,
        CancellationToken ct = default
    ) => inner.CountAsync(kinds, viewerId, now, ct);

    public virtual Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        inner.ListByCustomerAsync(customerId, limit, ct);

    public virtual Task<Alert> SaveAlertAsync(Alert alert, bool isListed, CancellationToken ct = default) =>
        inner.SaveAlertAsync(alert, isListed, ct);

    public virtual Task<IReadOnlyDictionary<string, Alert>> FindAlertsAsync(
        IReadOnlyCollection<string> transferIds,
        CancellationToken ct = default
    ) => inner.FindAlertsAsync(transferIds, ct);

    public virtual Task<AlertPage> ListAlertsWithoutCaseAsync(int limit, string? after, CancellationToken ct = default) =>
        inner.ListAlertsWithoutCaseAsync(limit, after, ct);

    public virtual Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        inner.ListAlertsByCustomerAsync(customerId, limit, ct);
}
