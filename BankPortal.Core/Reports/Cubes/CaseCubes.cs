using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Cases that were closed on a day, by kind, disposition and time open; the amount is what confirmed fraud took, less what was reversed by
/// then. Reads the newest closed cases down to the day. Thread-safe.
/// </summary>
public sealed class CaseCubes(ICaseStore cases, ILedgerStore ledger, LedgerRules rules) : ICubeSource
{
    private const int PageSize = 100;
    private const int MostAlerts = 100;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(DateOnly day, CancellationToken ct = default)
    {
        var (start, end) = (rules.StartOf(day), rules.StartOf(day.AddDays(1)));
        var found = new Dictionary<Currency, CubeCells>();
        string? after = null;
        do
        {
            var page = await cases.ListAsync(
                new CaseQuery { State = CaseState.Closed, Limit = PageSize, After = after }, Actor.SystemUserId, ct);
            foreach (var closed in page.Cases.Where(one => one.ClosedAt >= start && one.ClosedAt < end))
            {
                await AddAsync(closed, found, ct);
            }

            after = page.Cases.Any(one => one.ClosedAt < start) ? null : page.Next;
        }
        while (after is not null);

        return [.. found.Select(cells =>
            new CubeRow(CubeSpec.Cases.Name, CubeSpec.Cases.ScopeOf(cells.Key), false, day, cells.Value))];
    }

    private async Task AddAsync(Case closed, Dictionary<Currency, CubeCells> found, CancellationToken ct)
    {
        var days = (closed.ClosedAt!.Value - closed.OpenedAt).TotalDays;
        var key = CubeCells.KeyOf(
            closed.Kind.ToString(), closed.Disposition.ToString()!, days <= 1 ? "1" : days <= 7 ? "2" : days <= 30 ? "3" : "4");
        var lost = new Dictionary<Currency, long>();
        if (closed.Disposition == CaseDisposition.ConfirmedFraud)
        {
            var alerts = await cases.ListAlertsAsync(closed.Id, MostAlerts, ct);
            foreach (var transfer in alerts.Count == 0 ? [] : (await ledger.ReadManyAsync([.. alerts], [], ct)).Transfers.Values)
            {
                if (transfer.Status == TransferStatus.Posted && transfer.ReversedById is null)
                {
                    lost[transfer.Amount.Currency] = lost.GetValueOrDefault(transfer.Amount.Currency) + transfer.Amount.MinorUnits;
                }
            }
        }

        // A case counts once: under the currency in which most was lost, or the dollar when nothing was.
        var main = lost.Count == 0 ? default : lost.MaxBy(sum => sum.Value).Key;
        foreach (var (currency, sum) in lost.Count == 0 ? [KeyValuePair.Create(main, 0L)] : lost.AsEnumerable())
        {
            if (!found.TryGetValue(currency, out var cells))
            {
                found[currency] = cells = new CubeCells();
            }

            cells.At(key).Add(currency == main ? 1 : 0, sum);
        }
    }
}
