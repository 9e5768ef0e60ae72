using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Stores cases and alerts. Reads by id are strongly consistent; lists come from eventually consistent indexes.
/// Thread-safe.</summary>
public interface ICaseStore
{
    /// <summary>Writes a step in one transaction.</summary>
    /// <returns><see langword="false"/> when something it depends on has changed: nothing is written, and the caller reads
    /// again.</returns>
    Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default);

    /// <summary>Adds an event to a timeline without any other change. Idempotent.</summary>
    Task AddEventAsync(CaseEvent what, CancellationToken ct = default);

    /// <summary>Reads a case; <see langword="null"/> when it does not exist.</summary>
    Task<Case?> FindAsync(string caseId, CancellationToken ct = default);

    /// <summary>Reads several cases; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, Case>> FindManyAsync(IReadOnlyCollection<string> caseIds, CancellationToken ct = default);

    /// <summary>Reads the customer's open case of that kind; <see langword="null"/> when there is none.</summary>
    Task<Case?> FindOpenAsync(CaseKind kind, string customerId, CancellationToken ct = default);

    /// <summary>Reads a case's timeline, newest first.</summary>
    Task<IReadOnlyList<CaseEvent>> ListEventsAsync(string caseId, int limit, CancellationToken ct = default);

    /// <summary>Reads a case's links.</summary>
    Task<IReadOnlyList<CaseLink>> ListLinksAsync(string caseId, CancellationToken ct = default);

    /// <summary>Reads the transfer ids of a case's alerts, newest first.</summary>
    Task<IReadOnlyList<string>> ListAlertsAsync(string caseId, int limit, CancellationToken ct = default);

    /// <summary>Reads one page of a queue.</summary>
    Task<CasePage> ListAsync(CaseQuery query, string viewerId, CancellationToken ct = default);

    /// <summary>Counts the cases of the given kinds.</summary>
    Task<CaseCounts> CountAsync(IReadOnlyCollection<CaseKind> kinds, string viewerId, DateTimeOffset now, CancellationToken ct = default);

    /// <summary>Reads a customer's cases, newest first.</summary>
    Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default);

    /// <summary>
    /// Stores an alert if it is new, or updates its status if that is newer than the stored one. Does not change the cases it is in.
    /// </summary>
    /// <param name="alert">The alert.</param>
    /// <param name="isListed">Whether a new alert is listed among those without a case.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The alert as it is stored now.</returns>
    Task<Alert> SaveAlertAsync(Alert alert, bool isListed, CancellationToken ct = default);

    /// <summary>Reads several alerts by transfer id; unknown ids are left out.</summary>
    Task<IReadOnlyDictionary<string, Alert>> FindAlertsAsync(IReadOnlyCollection<string> transferIds, CancellationToken ct = default);

    /// <summary>Reads one page of the alerts that are in no case, newest first.</summary>
    Task<AlertPage> ListAlertsWithoutCaseAsync(int limit, string? after, CancellationToken ct = default);

    /// <summary>Reads the alerts about a customer, newest first.</summary>
    Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default);
}
