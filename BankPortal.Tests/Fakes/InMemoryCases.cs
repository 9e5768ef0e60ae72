namespace BankPortal.Tests.Fakes;

/// <summary>Cases and alerts in memory, by the same conditions as the store has.</summary>
public sealed class InMemoryCases : ICaseStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Case> _cases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Alert> _alerts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _listed = new(StringComparer.Ordinal);
    private readonly List<CaseEvent> _events = [];
    private readonly List<CaseLink> _links = [];
    private readonly List<(string CaseId, string TransferId)> _filed = [];

    /// <summary>Fails every call while set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>How many lists were read.</summary>
    public int Lists { get; private set; }

    public Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default) =>
        Do(() =>
        {
            var stale = commit.Cases.Any(change =>
                change.Before is { } before
                    ? _cases[before.Id].Version != before.Version
                        || (!before.IsOpen && change.After.IsOpen && IsOpen(before.Kind, before.CustomerId))
                    : IsOpen(change.After.Kind, change.After.CustomerId)
            );
            var taken =
                commit.Alert is { } into
                && (
                    _alerts[into.Alert.TransferId].Cases.ContainsKey((into.Case.Kind, into.Side))
                    || (_cases.TryGetValue(into.Case.Id, out var target) && !target.IsOpen)
                );
            if (stale || taken || commit.Links.Any(_links.Contains) || (commit.MustBeOpen is { } open && !_cases[open].IsOpen))
            {
                return false;
            }

            foreach (var (before, after) in commit.Cases)
            {
                _cases[after.Id] = before is null
                    ? after
                    : after with
                    {
                        Alerts = _cases[after.Id].Alerts,
                        LastAlertAt = _cases[after.Id].LastAlertAt,
                    };
            }

            _events.AddRange(commit.Events);
            _links.AddRange(commit.Links);
            if (commit.Alert is { } filed)
            {
                var alert = _alerts[filed.Alert.TransferId];
                _alerts[alert.TransferId] = alert with { Cases = alert.Cases.Add((filed.Case.Kind, filed.Side), filed.Case.Id) };
                _listed.Remove(alert.TransferId);
                _filed.Insert(0, (filed.Case.Id, alert.TransferId));
                if (!commit.Cases.Any(change => change.After.Id == filed.Case.Id))
                {
                    _cases[filed.Case.Id] = _cases[filed.Case.Id] with
                    {
                        Alerts = _cases[filed.Case.Id].Alerts + 1,
                        LastAlertAt = alert.At,
                    };
                }
            }

            return true;
        });

    public Task AddEventAsync(CaseEvent what, CancellationToken ct = default) =>
        Do(() =>
        {
            if (!_events.Exists(one => one.Id == what.Id && one.CaseId == what.CaseId))
            {
                _events.Add(what);
            }

            return true;
        });

    public Task<Case?> FindAsync(string caseId, CancellationToken ct = default) => Do(() => _cases.GetValueOrDefault(caseId));

    public Task<IReadOnlyDictionary<string, Case>> FindManyAsync(IReadOnlyCollection<string> caseIds, CancellationToken ct = default) =>
        Do<IReadOnlyDictionary<string, Case>>(() =>
            caseIds
                .Where(_cases.ContainsKey)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(id => id, id => _cases[id], StringComparer.Ordinal)
        );

    public Task<Case?> FindOpenAsync(CaseKind kind, string customerId, CancellationToken ct = default) =>
        Do(() => _cases.Values.FirstOrDefault(one => one.IsOpen && one.Kind == kind && one.CustomerId == customerId));

    public Task<IReadOnlyList<CaseEvent>> ListEventsAsync(string caseId, int limit, CancellationToken ct = default) =>
        Do<IReadOnlyList<CaseEvent>>(() =>
            [.. _events.Where(one => one.CaseId == caseId).OrderByDescending(one => one.At).ThenByDescending(one => one.Kind).Take(limit)]
        );

    public Task<IReadOnlyList<CaseLink>> ListLinksAsync(string caseId, CancellationToken ct = default) =>
        Do<IReadOnlyList<CaseLink>>(() => [.. _links.Where(link => link.CaseId == caseId)]);

    public Task<IReadOnlyList<string>> ListAlertsAsync(string caseId, int limit, CancellationToken ct = default) =>
        Do<IReadOnlyList<string>>(() => [.. _filed.Where(one => one.CaseId == caseId).Select(one => one.TransferId).Take(limit)]);

    public Task<CasePage> ListAsync(CaseQuery query, string viewerId, CancellationToken ct = default) =>
        Do(() =>
        {
            Lists++;
            var found = _cases
                .Values.Where(one =>
                    query.Kinds.Contains(one.Kind)
                    && query.States.Contains(one.State)
                    && (query.DueBefore is null || one.DueAt < query.DueBefore)
                )
                .Where(one =>
                    query.Owner switch
                    {
                        CaseOwner.Mine => one.AssigneeId == viewerId,
                        CaseOwner.Unassigned => one.AssigneeId is null,
                        _ => true,
                    }
                )
                .OrderBy(Position, StringComparer.Ordinal)
                .Where(one => query.After is null || string.CompareOrdinal(Position(one), query.After) > 0)
                .ToList();
            return found.Count > query.Limit
                ? new CasePage([.. found.Take(query.Limit)], Position(found[query.Limit - 1]))
                : new CasePage([.. found], null);

            string Position(Case one)
            {
                var ticks = query.IsDescending ? long.MaxValue - one.QueueAt.UtcTicks : one.QueueAt.UtcTicks;
                return ticks.ToString("D20", CultureInfo.InvariantCulture) + one.Id;
            }
        });

    public Task<CaseCounts> CountAsync(
        IReadOnlyCollection<CaseKind> kinds,
        string viewerId,
        DateTimeOffset now,
        CancellationToken ct = default
    ) =>
        Do(() =>
            new CaseCounts(
                _cases.Values.GroupBy(one => (one.Kind, one.State)).ToImmutableDictionary(group => group.Key, group => group.LongCount()),
                _cases.Values.Count(one => kinds.Contains(one.Kind) && one.IsOverdue(now)),
                _cases.Values.Count(one => kinds.Contains(one.Kind) && one.IsOpen && one.AssigneeId == viewerId),
                _cases.Values.Count(one => kinds.Contains(one.Kind) && one.IsOpen && one.AssigneeId is null)
            )
        );

    public Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        Do<IReadOnlyList<Case>>(() =>
            [.. _cases.Values.Where(one => one.CustomerId == customerId).OrderByDescending(one => one.OpenedAt).Take(limit)]
        );

    public Task<Alert> SaveAlertAsync(Alert alert, bool isListed, CancellationToken ct = default) =>
        Do(() =>
        {
            if (!_alerts.TryGetValue(alert.TransferId, out var known))
            {
                _alerts[alert.TransferId] = alert;
                if (isListed)
                {
                    _listed.Add(alert.TransferId);
                }
            }
            else if (alert.ChangedAt >= known.ChangedAt)
            {
                _alerts[alert.TransferId] = known with { Status = alert.Status, ChangedAt = alert.ChangedAt };
            }

            return _alerts[alert.TransferId];
        });

    public Task<IReadOnlyDictionary<string, Alert>> FindAlertsAsync(
        IReadOnlyCollection<string> transferIds,
        CancellationToken ct = default
    ) =>
        Do<IReadOnlyDictionary<string, Alert>>(() =>
            transferIds
                .Where(_alerts.ContainsKey)
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(id => id, id => _alerts[id], StringComparer.Ordinal)
        );

    public Task<AlertPage> ListAlertsWithoutCaseAsync(int limit, string? after, CancellationToken ct = default) =>
        Do(() => new AlertPage([.. _listed.Select(id => _alerts[id]).OrderByDescending(alert => alert.At).Take(limit)], null));

    public Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        Do<IReadOnlyList<Alert>>(() =>
            [.. _alerts.Values.Where(alert => alert.CustomerId == customerId).OrderByDescending(alert => alert.At).Take(limit)]
        );

    private bool IsOpen(CaseKind kind, string customerId) =>
        _cases.Values.Any(one => one.IsOpen && one.Kind == kind && one.CustomerId == customerId);

    private Task<T> Do<T>(Func<T> work)
    {
        if (Fault is { } fault)
        {
            return Task.FromException<T>(fault);
        }

        lock (_lock)
        {
            return Task.FromResult(work());
        }
    }
}
