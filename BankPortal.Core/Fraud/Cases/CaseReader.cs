using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Reads cases and alerts for staff, limited to what the reader may see. Stateless, thread-safe.</summary>
public sealed class CaseReader(
    ICaseStore store,
    ILedgerStore ledger,
    ICustomerDirectory directory,
    IStaffDirectory staff,
    IDecidingRules rules,
    ConflictsOfInterest conflicts,
    TimeProvider time)
{
    /// <summary>How many timeline events are read at first.</summary>
    public const int EventsAtFirst = 50;

    /// <summary>How many alerts of a case are read at first.</summary>
    public const int AlertsAtFirst = 20;

    private const int MostAlerts = 100;
    private const int MostOthers = 10;

    /// <summary>Reads one page of a queue. Kinds that the reader may not see are left out.</summary>
    /// <returns>The queue; or <see cref="NotAllowedError"/>.</returns>
    public async Task<Result<CaseQueue>> ListAsync(Actor actor, CaseQuery query, bool onlyOverdue = false, CancellationToken ct = default)
    {
        var visible = CaseRules.KindsFor(actor);
        if (visible.IsEmpty)
        {
            return new NotAllowedError();
        }

        var now = time.GetUtcNow();
        var kinds = visible.Where(kind => query.Kinds.Contains(kind)).ToImmutableArray();
        var asked = query with { Kinds = kinds, DueBefore = onlyOverdue ? now : query.DueBefore };
        var counting = store.CountAsync(kinds, actor.UserId, now, ct);
        var page = await store.ListAsync(asked, actor.UserId, ct);
        var names = await directory.FindNamesAsync(Ids(page.Cases.SelectMany(one => new[] { one.CustomerId, one.AssigneeId })), ct);
        return new CaseQueue(
            [
                .. page.Cases.Select(one => new CaseLine(
                    one, names.GetValueOrDefault(one.CustomerId), one.AssigneeId is { } id ? names.GetValueOrDefault(id) : null)),
            ],
            page.Next,
            await counting,
            visible);
    }

    /// <summary>Reads one case with its timeline, alerts and links.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="caseId">The id of the case, or its reference as shown.</param>
    /// <param name="everything">Whether to read more than the first events and alerts.</param>
    /// <param name="ct">Cancels the read.</param>
    /// <returns>The case; or <see cref="NotAllowedError"/>, <see cref="NotFoundError"/>.</returns>
    public async Task<Result<CaseFile>> FindAsync(Actor actor, string caseId, bool everything = false, CancellationToken ct = default)
    {
        var kinds = CaseRules.KindsFor(actor);
        if (kinds.IsEmpty)
        {
            return new NotAllowedError();
        }

        var id = TransactionDesk.IdOf(caseId);
        if (!DerivedId.IsWellFormed(id) || await store.FindAsync(id, ct) is not { } found || !kinds.Contains(found.Kind))
        {
            return new NotFoundError("case");
        }

        var mostEvents = everything ? 1000 : EventsAtFirst;
        var mostAlerts = everything ? MostAlerts : AlertsAtFirst;
        var reading = store.ListEventsAsync(id, mostEvents + 1, ct);
        var others = store.ListByCustomerAsync(found.CustomerId, MostOthers, ct);
        var own = conflicts.OfAsync(actor, ct);
        var links = await store.ListLinksAsync(id, ct);
        var linked = await store.FindManyAsync([.. links.Select(link => link.OtherId)], ct);

        // The alerts of cases that were escalated to this one are investigated here too.
        var sources = links
            .Where(link => link.Kind == CaseLinkKind.EscalatedFrom && linked.ContainsKey(link.OtherId))
            .Select(link => linked[link.OtherId])
            .ToList();
        var listed = await Task.WhenAll(new[] { found }.Concat(sources)
            .Select(async source => (Source: source, Ids: await store.ListAlertsAsync(source.Id, mostAlerts + 1, ct))));
        var hasMore = listed.Any(list => list.Ids.Count > mostAlerts);
        var alerts = await AlertsAsync(
            [.. listed.SelectMany(list => list.Ids.Select(transfer => (transfer, list.Source == found ? null : list.Source)))],
            mostAlerts,
            ct);

        var events = await reading;
        var known = await others;
        var people = new[] { found.CustomerId, found.AssigneeId, found.ChangedBy, found.OpenedBy }
            .Concat(events.Select(one => one.ActorId))
            .Concat(events.Where(one => one.Kind is CaseEventKind.Assigned or CaseEventKind.Unassigned).Select(one => one.Subject))
            .Concat(
                alerts.SelectMany(alert => new[] { alert.Transfer.DebitOwnerId, alert.Transfer.CreditOwnerId, alert.Transfer.SettledBy }));
        return new CaseFile
        {
            Case = found,
            Events = [.. events.Take(mostEvents)],
            HasMoreEvents = events.Count > mostEvents,
            Alerts = alerts,
            HasMoreAlerts = hasMore,
            Links = [.. links.Where(link => linked.ContainsKey(link.OtherId)).Select(link => (link, linked[link.OtherId]))],
            Others = [.. known.Where(other => other.Id != id && kinds.Contains(other.Kind))],
            Names = await directory.FindNamesAsync(Ids(people), ct),
            Conflict = (await own).ConflictWith(
                [new(found.CustomerId, InvolvedAs.Subject), .. alerts.SelectMany(alert => alert.Transfer.Involved)]),
        };
    }

    /// <summary>Reads one page of the alerts that are in no case. For fraud analysts and administrators.</summary>
    /// <returns>The page; or <see cref="NotAllowedError"/>.</returns>
    public async Task<Result<AlertList>> ListAlertsAsync(Actor actor, int limit, string? after, CancellationToken ct = default)
    {
        if (!CaseRules.MayWork(actor, CaseKind.Fraud))
        {
            return new NotAllowedError();
        }

        var own = conflicts.OfAsync(actor, ct);
        var page = await store.ListAlertsWithoutCaseAsync(Math.Clamp(limit, 1, MostAlerts), after, ct);
        var transfers = await TransfersAsync([.. page.Alerts.Select(alert => alert.TransferId)], ct);
        var names = await directory.FindNamesAsync(Ids(page.Alerts.Select(alert => alert.CustomerId)), ct);
        var sets = await RulesAsync(page.Alerts.Select(alert => alert.RuleSet), ct);
        var interests = await own;
        return new AlertList(
            [.. page.Alerts.Select(alert => new AlertLine(
                alert,
                names.GetValueOrDefault(alert.CustomerId),
                transfers.GetValueOrDefault(alert.TransferId),
                sets.GetValueOrDefault(alert.RuleSet))
            {
                Conflict = interests.ConflictWith(alert.Involved),
            })],
            page.Next);
    }

    /// <summary>Reads the staff who can be assigned a case of that kind, ordered by name.</summary>
    /// <returns>The people; or <see cref="NotAllowedError"/>.</returns>
    public async Task<Result<ImmutableArray<StaffMember>>> ListAssigneesAsync(Actor actor, CaseKind kind, CancellationToken ct = default) =>
        CaseRules.MayWork(actor, kind)
            ? (await staff.ListAsync(CaseRules.RolesFor(kind), ct))
                .OrderBy(member => member.Name, StringComparer.CurrentCultureIgnoreCase)
                .ToImmutableArray()
            : new NotAllowedError();

    private static string[] Ids(IEnumerable<string?> ids) =>
        [.. ids.OfType<string>().Where(id => id != Actor.SystemUserId).Distinct(StringComparer.Ordinal)];

    private async Task<ImmutableArray<CaseAlert>> AlertsAsync(List<(string TransferId, Case? From)> listed, int most, CancellationToken ct)
    {
        var transfers = await TransfersAsync([.. listed.Select(one => one.TransferId).Distinct(StringComparer.Ordinal)], ct);
        var sets = await RulesAsync(transfers.Values.Select(transfer => transfer.Risk?.RuleSet ?? 0), ct);
        return
        [
            .. listed
                .DistinctBy(one => one.TransferId, StringComparer.Ordinal)
                .Where(one => transfers.ContainsKey(one.TransferId))
                .Select(one => (Transfer: transfers[one.TransferId], one.From))
                .OrderByDescending(one => one.Transfer.CreatedAt)
                .Take(most)
                .Select(one => new CaseAlert(one.Transfer, sets.GetValueOrDefault(one.Transfer.Risk?.RuleSet ?? 0), one.From)),
        ];
    }

    private async Task<Dictionary<string, Transfer>> TransfersAsync(IReadOnlyCollection<string> ids, CancellationToken ct)
    {
        var found = new Dictionary<string, Transfer>(StringComparer.Ordinal);
        foreach (var some in ids.Chunk(MostAlerts))
        {
            foreach (var (id, transfer) in (await ledger.ReadManyAsync(some, [], ct)).Transfers)
            {
                found[id] = transfer;
            }
        }

        return found;
    }

    private async Task<Dictionary<int, RuleSet>> RulesAsync(IEnumerable<int> versions, CancellationToken ct)
    {
        var sets = new Dictionary<int, RuleSet>();
        foreach (var version in versions.Where(version => version != 0).Distinct())
        {
            if (await rules.FindAsync(version, ct) is { } set)
            {
                sets[version] = set;
            }
        }

        return sets;
    }
}
