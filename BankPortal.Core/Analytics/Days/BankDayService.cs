namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Reads the bank's days, months and years: closed ones from their rows, open ones from their own entries. The number of reads for a
/// closed range does not depend on the number of entries. Thread-safe. The caller authorises.
/// </summary>
public sealed class BankDayService(IBankDayStore store, BankDayCounter counter, LedgerRules rules, TimeProvider time)
{
    /// <summary>Reads the days of a range, days without entries included, up to today.</summary>
    /// <exception cref="ArgumentException">The range ends before it begins.</exception>
    public async Task<ImmutableArray<BankPeriod>> ReadDaysAsync(
        Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        if (to < from)
        {
            throw new ArgumentException("The range ends before it begins.", nameof(to));
        }

        var today = rules.DayOf(time.GetUtcNow());
        var end = to < today ? to : today;
        var closedTo = await store.FindClosedToAsync(ct);
        var rows = (await store.ReadAsync(BankPeriodKind.Day, currency, from, end, ct)).ToDictionary(row => row.From);
        var days = ImmutableArray.CreateBuilder<BankPeriod>();
        for (var day = from; day <= end; day = day.AddDays(1))
        {
            if (rows.TryGetValue(day, out var row))
            {
                days.Add(row);
                continue;
            }

            var isClosed = day <= closedTo;
            var totals = isClosed ? BankTotals.None : await CountAsync(currency, day, ct);
            days.Add(new BankPeriod(day, BankPeriodKind.Day, currency, totals, isClosed));
        }

        return days.ToImmutable();
    }

    /// <summary>Reads the months of a year that have begun: closed ones from their rows, the others from their days.</summary>
    public async Task<ImmutableArray<BankPeriod>> ReadMonthsAsync(Currency currency, int year, CancellationToken ct = default)
    {
        var today = rules.DayOf(time.GetUtcNow());
        var first = new DateOnly(year, 1, 1);
        var closedTo = await store.FindClosedToAsync(ct) ?? DateOnly.MinValue;
        var rows = (await store.ReadAsync(BankPeriodKind.Month, currency, first, new DateOnly(year, 12, 31), ct))
            .ToDictionary(row => row.From);
        var months = ImmutableArray.CreateBuilder<BankPeriod>();
        for (var month = first; month.Year == year && month <= today; month = month.AddMonths(1))
        {
            if (rows.TryGetValue(month, out var row))
            {
                months.Add(row);
                continue;
            }

            var end = month.AddMonths(1).AddDays(-1);
            var isClosed = end <= closedTo;
            var totals = isClosed
                ? BankTotals.None
                : Sum(await ReadDaysAsync(currency, month, end, ct));
            months.Add(new BankPeriod(month, BankPeriodKind.Month, currency, totals, isClosed));
        }

        return months.ToImmutable();
    }

    /// <summary>Reads a year: its row if it is closed, otherwise the sum of its months.</summary>
    public async Task<BankPeriod> ReadYearAsync(Currency currency, int year, CancellationToken ct = default)
    {
        var first = new DateOnly(year, 1, 1);
        if (await store.ReadAsync(BankPeriodKind.Year, currency, first, first, ct) is [var row])
        {
            return row;
        }

        var months = await ReadMonthsAsync(currency, year, ct);
        var isClosed = months.Length == 12 && months.All(month => month.IsClosed);
        return new BankPeriod(first, BankPeriodKind.Year, currency, Sum(months), isClosed);
    }

    /// <summary>
    /// Computes a closed day again from its entries and compares every figure and the checksum. Linear in that day's entries.
    /// </summary>
    /// <returns>Whether the kept row agrees with the ledger.</returns>
    public async Task<bool> VerifyDayAsync(Currency currency, DateOnly day, CancellationToken ct = default)
    {
        var kept = await store.ReadAsync(BankPeriodKind.Day, currency, day, day, ct);
        return (kept is [var row] ? row.Totals : BankTotals.None).Equals(await CountAsync(currency, day, ct));
    }

    private static BankTotals Sum(IEnumerable<BankPeriod> periods) =>
        periods.Aggregate(BankTotals.None, (sum, period) => sum.Plus(period.Totals));

    private async Task<BankTotals> CountAsync(Currency currency, DateOnly day, CancellationToken ct)
    {
        var totals = await counter.CountAsync(rules.StartOf(day), rules.StartOf(day.AddDays(1)), null, ct);
        return totals.GetValueOrDefault(currency) ?? BankTotals.None;
    }
}
