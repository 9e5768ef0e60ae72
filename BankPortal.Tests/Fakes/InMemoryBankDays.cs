using BankPortal.Core.Analytics.Days;

namespace BankPortal.Tests.Fakes;

/// <summary>The bank's closed days in memory.</summary>
public sealed class InMemoryBankDays : IBankDayStore
{
    private readonly ConcurrentDictionary<(BankPeriodKind Kind, Currency Currency, DateOnly From), BankPeriod> _rows = new();
    private DateOnly? _closedTo;

    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    public Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default)
    {
        Reads++;
        return Task.FromResult(_closedTo);
    }

    public Task<DateOnly?> FindFirstAsync(CancellationToken ct = default)
    {
        Reads++;
        var days = _rows.Keys.Where(key => key.Kind == BankPeriodKind.Day).Select(key => (DateOnly?)key.From);
        return Task.FromResult(days.Min());
    }

    public Task SavePartAsync(
        DateOnly day, int part, IReadOnlyDictionary<Currency, BankTotals> totals, CancellationToken ct = default) => Task.CompletedTask;

    public Task<IReadOnlyList<(Currency Currency, BankTotals Totals)>> ReadPartsAsync(DateOnly day, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<(Currency, BankTotals)>>([]);

    public Task<bool> TryCloseAsync(
        DateOnly day, DateOnly? closedTo, IReadOnlyCollection<BankPeriod> periods, CancellationToken ct = default)
    {
        foreach (var period in periods)
        {
            _rows[(period.Kind, period.Currency, period.From)] = period;
        }

        _closedTo = day;
        return Task.FromResult(true);
    }

    public Task<IReadOnlyList<BankPeriod>> ReadAsync(
        BankPeriodKind kind, Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        Reads++;
        return Task.FromResult<IReadOnlyList<BankPeriod>>([.. _rows
            .Where(row => row.Key.Kind == kind && row.Key.Currency == currency && row.Key.From >= from && row.Key.From <= to)
            .Select(row => row.Value)
            .OrderBy(row => row.From)]);
    }

    /// <summary>Closes all days from one to another from the entries, with the months that end.</summary>
    public async Task CloseAsync(BankDayCounter counter, LedgerRules rules, DateOnly from, DateOnly to)
    {
        var month = BankTotals.None;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var rows = new List<BankPeriod>();
            var totals = await counter.CountAsync(rules.StartOf(day), rules.StartOf(day.AddDays(1)));
            if (totals.TryGetValue(Currency.Usd, out var usd))
            {
                rows.Add(new BankPeriod(day, BankPeriodKind.Day, Currency.Usd, usd, true));
                month = month.Plus(usd);
            }

            if (day.AddDays(1).Day == 1 && month.All.Count > 0)
            {
                rows.Add(new BankPeriod(new DateOnly(day.Year, day.Month, 1), BankPeriodKind.Month, Currency.Usd, month, true));
                month = BankTotals.None;
            }

            await TryCloseAsync(day, _closedTo, rows);
        }
    }
}
