using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Keeps cases and alerts. Single cases and alerts are read consistently; lists come from indexes that follow a moment later.</summary>
public interface ICaseStore
{
    /// <summary>Writes a step, all or nothing.</summary>
    /// <returns><see langword="false"/> when something it rests on has changed: then nothing is written, and the caller reads again.</returns>
    Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default);

    /// <summary>Adds to a timeline what belongs to no other change; once, however often it is asked.</summary>
    Task AddEventAsync(CaseEvent what, CancellationToken ct = default);

    /// <summary>The case, or <see langword="null"/>.</summary>
    Task<Case?> FindAsync(string caseId, CancellationToken ct = default);

    /// <summary>Several cases; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, Case>> FindManyAsync(IReadOnlyCollection<string> caseIds, CancellationToken ct = default);

    /// <summary>The open case of that kind for the customer, or <see langword="null"/>.</summary>
    Task<Case?> FindOpenAsync(CaseKind kind, string customerId, CancellationToken ct = default);

    /// <summary>A case's timeline, the latest first.</summary>
    Task<IReadOnlyList<CaseEvent>> ListEventsAsync(string caseId, int limit, CancellationToken ct = default);

    /// <summary>A case's links.</summary>
    Task<IReadOnlyList<CaseLink>> ListLinksAsync(string caseId, CancellationToken ct = default);

    /// <summary>The transfers of a case's alerts, the latest first.</summary>
    Task<IReadOnlyList<string>> ListAlertsAsync(string caseId, int limit, CancellationToken ct = default);

    /// <summary>A stretch of a queue.</summary>
    Task<CasePage> ListAsync(CaseQuery query, string viewerId, CancellationToken ct = default);

    /// <summary>How many cases there are.</summary>
    Task<CaseCounts> CountAsync(IReadOnlyCollection<CaseKind> kinds, string viewerId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>A customer's cases, the latest first.</summary>
    Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default);

    /// <summary>
    /// Takes note of an alert: keeps it if it is new, or what became of its transfer if that is newer than what is kept. The
    /// cases it is in stay as they are.
    /// </summary>
    /// <param name="alert">The alert.</param>
    /// <param name="isListed">Whether a new one is listed among those without a case.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns>The alert as it is kept now.</returns>
    Task<Alert> NoteAsync(Alert alert, bool isListed, CancellationToken ct = default);

    /// <summary>Several alerts by their transfers; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<string, Alert>> FindAlertsAsync(IReadOnlyCollection<string> transferIds, CancellationToken ct = default);

    /// <summary>The alerts that are in no case, the latest first.</summary>
    Task<AlertPage> ListAlertsWithoutCaseAsync(int limit, string? after, CancellationToken ct = default);

    /// <summary>The alerts about a customer's money, the latest first.</summary>
    Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default);
}
