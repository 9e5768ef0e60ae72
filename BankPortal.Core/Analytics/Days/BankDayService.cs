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
    /// Computes a closed day again from its entries and compares it with the kept rows, and where the day ends a month or a year, the rows
    /// of these with the sums of theirs. Linear in that day's entries.
    /// </summary>
    /// <param name="day">The day.</param>
    /// <param name="seen">Receives the rows of the accounts with entries on the day, as of <see cref="BankDayCounter"/>.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <returns>What was compared, right or not.</returns>
    public async Task<ImmutableArray<BankDayCheck>> CompareDayAsync(
        DateOnly day, Func<IReadOnlyCollection<Account>, CancellationToken, Task>? seen = null, CancellationToken ct = default)
    {
        var right = await counter.CountAsync(rules.StartOf(day), rules.StartOf(day.AddDays(1)), seen, ct);
        var checks = ImmutableArray.CreateBuilder<BankDayCheck>();
        foreach (var currency in Currency.All)
        {
            await CompareAsync(BankPeriodKind.Day, day, () => Task.FromResult(right.GetValueOrDefault(currency) ?? BankTotals.None));
            if (day.AddDays(1).Day == 1)
            {
                var month = new DateOnly(day.Year, day.Month, 1);
                await CompareAsync(BankPeriodKind.Month, month, () => SumAsync(BankPeriodKind.Day, month, day));
            }

            if (day is { Month: 12, Day: 31 })
            {
                var year = new DateOnly(day.Year, 1, 1);
                await CompareAsync(BankPeriodKind.Year, year, () => SumAsync(BankPeriodKind.Month, year, day));
            }

            async Task CompareAsync(BankPeriodKind kind, DateOnly from, Func<Task<BankTotals>> rightAsync)
            {
                var kept = await store.ReadAsync(kind, currency, from, from, ct);
                checks.Add(new BankDayCheck(
                    kind, currency, from, kept is [var row] ? row.Totals : BankTotals.None, await rightAsync()));
            }

            async Task<BankTotals> SumAsync(BankPeriodKind kind, DateOnly from, DateOnly to) =>
                Sum(await store.ReadAsync(kind, currency, from, to, ct));
        }

        return checks.ToImmutable();
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
