namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Reads the figures of the bank for its managers, from closed days and from the entries of the days since. Two or three reads for each
/// year of the bank, whatever the number of entries. Thread-safe.
/// </summary>
public sealed class BankFigureService(BankDayService days, IBankDayStore store, LedgerRules rules, TimeProvider time)
{
    // More days than these are not counted from their entries for a page.
    private const int MostOpenDays = 5;
    private const int TrendMonths = 12;
    private const int TrendDays = 30;

    /// <summary>Reads the figures as of now.</summary>
    /// <returns>The figures; or <see cref="NotAllowedError"/> for anybody but managers.</returns>
    public async Task<Result<BankFigures>> ReadAsync(Actor actor, Currency currency, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(BankRoles.Manager))
        {
            return new NotAllowedError();
        }

        var today = rules.DayOf(time.GetUtcNow());
        var closedTo = await store.FindClosedToAsync(ct);
        if (closedTo is not { } closed || closed < today.AddDays(-MostOpenDays))
        {
            var open = await days.ReadDaysAsync(currency, today, today, ct);
            return new BankFigures(currency, today, closedTo, OutsideFlow.Of(open[^1]), null);
        }

        var month = new DateOnly(today.Year, today.Month, 1);
        var lastMonth = month.AddMonths(-1);
        var from = today.AddDays(1 - TrendDays) is var trend && trend < lastMonth ? trend : lastMonth;
        var first = await store.FindFirstAsync(ct) ?? today;
        var recent = days.ReadDaysAsync(currency, from, today, ct);
        var years = await Task.WhenAll(Enumerable.Range(first.Year, today.Year - first.Year + 1)
            .Select(year => days.ReadMonthsAsync(currency, year, ct)));
        var months = RunningTotals(years.SelectMany(year => year), currency);
        var byDay = await recent;
        var total = months[^1].Total;
        var netNew = months[^1].Net;
        var before = byDay
            .Where(day => day.From >= lastMonth && day.From < month && day.From.Day <= today.Day)
            .Sum(day => day.Totals.All.Net);
        return new BankFigures(
            currency,
            today,
            closedTo,
            OutsideFlow.Of(byDay[^1]),
            new BankDeposits(
                first,
                total,
                total - netNew,
                netNew,
                new Money(before, currency),
                [.. months.Where(one => one.Month.AddMonths(1) > first).TakeLast(TrendMonths)],
                [.. byDay.TakeLast(TrendDays).Select(day => new BankDay(day.From, OutsideFlow.Of(day)))]));
    }

    private static List<BankMonth> RunningTotals(IEnumerable<BankPeriod> months, Currency currency)
    {
        var all = new List<BankMonth>();
        var total = Money.Zero(currency);
        foreach (var month in months)
        {
            var net = new Money(month.Totals.All.Net, currency);
            total += net;
            all.Add(new BankMonth(month.From, net, total));
        }

        return all;
    }
}
