using BankPortal.Core.Analytics.Budgets;
using BankPortal.Core.Common.Jobs;

namespace BankPortal.Core.Analytics.Days;

/// <summary>
/// Closes the bank's days, the oldest first, up to yesterday: sums up a part of a day in each step, writes the day summaries of the
/// accounts that had entries, tells of budgets that were reached, and closes the day when all its parts are summed. A closed day is never
/// changed. Repeating a step, or
/// taking it over in the middle, gives the same rows.
/// </summary>
public sealed class DayCloseJob(
    BankDayCounter counter,
    IBankDayStore store,
    ITransferFeedReader feed,
    AccountDayService accountDays,
    BudgetWatch budgets,
    LedgerRules rules,
    DayCloseOptions options,
    TimeProvider time) : IBankJob
{
    // How long a part of a day is.
    private static readonly TimeSpan PartLength = TimeSpan.FromHours(4);

    // How many days a step looks at to find the first one with transfers.
    private const int DaysToLookAt = 30;

    private const string Looking = "look";

    /// <inheritdoc/>
    public string Name => "day-close";

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.DailyAt(TimeOnly.FromTimeSpan(options.At));

    /// <inheritdoc/>
    public bool NeedsCompleteHistory => true;

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.Enabled)
        {
            return JobStep.Done("Switched off by DayClose:Enabled.");
        }

        var last = rules.DayOf(context.Due).AddDays(-1);
        var closedTo = await store.FindClosedToAsync(ct);
        if (closedTo is not { } closed)
        {
            return await FirstStepAsync(context.Cursor, last, ct);
        }

        return closed >= last
            ? JobStep.Done($"Closed to {Text(closed)}.")
            : await PartAsync(context.Cursor, closed.AddDays(1), closed, last, ct);
    }

    // Nothing is closed yet: finds the first day with transfers and closes it. In a bank without transfers this costs one request a
    // night. A bank with none up to yesterday begins with yesterday, so that nobody looks again.
    private async Task<JobStep> FirstStepAsync(string? cursor, DateOnly last, CancellationToken ct)
    {
        if (cursor is not null && !cursor.StartsWith(Looking, StringComparison.Ordinal))
        {
            return await PartAsync(cursor, Parse(cursor).Day, null, last, ct);
        }

        if (cursor is null && !await feed.AnyAsync(ct))
        {
            return JobStep.Done("There is nothing to close yet.");
        }

        var from = cursor is null ? last.AddDays(1 - options.LookBackDays) : Parse(cursor[(Looking.Length + 1)..]).Day;
        for (var day = from; day < from.AddDays(DaysToLookAt); day = day.AddDays(1))
        {
            if (day > last)
            {
                return JobStep.More(Text(last, 0));
            }

            if ((await feed.ReadNewestAsync(1, rules.StartOf(day), rules.StartOf(day.AddDays(1)), ct)).Count > 0)
            {
                return JobStep.More(Text(day, 0));
            }
        }

        return JobStep.More(Looking + "/" + Text(from.AddDays(DaysToLookAt), 0));
    }

    private async Task<JobStep> PartAsync(string? cursor, DateOnly day, DateOnly? closedTo, DateOnly last, CancellationToken ct)
    {
        // A cursor of another day was stored before a node that has lost its lease closed the day.
        var part = cursor is not null
            && !cursor.StartsWith(Looking, StringComparison.Ordinal)
            && Parse(cursor) is var at
            && at.Day == day
                ? at.Part
                : 0;
        var (start, end) = (rules.StartOf(day), rules.StartOf(day.AddDays(1)));
        var from = start + (part * PartLength);
        if (from < end)
        {
            var before = from + PartLength < end ? from + PartLength : end;
            var share = new WorkShare(options.Share, time);
            var totals = await counter.CountAsync(
                from,
                before,
                async (accounts, token) =>
                {
                    await accountDays.CloseAsync(accounts, share.RestAsync, token);
                    await budgets.LookAsync(day, last, accounts, token);
                    await share.RestAsync(token);
                },
                ct);
            await store.SavePartAsync(day, part, totals, ct);
            return JobStep.More(Text(day, part + 1), Done(closedTo, day), Done(closedTo, last));
        }

        await store.TryCloseAsync(day, closedTo, await PeriodsAsync(day, ct), ct);
        return JobStep.More(Text(day.AddDays(1), 0), Done(closedTo, day), Done(closedTo, last));
    }

    private async Task<List<BankPeriod>> PeriodsAsync(DateOnly day, CancellationToken ct)
    {
        var rows = (await store.ReadPartsAsync(day, ct))
            .GroupBy(part => part.Currency)
            .Select(parts => new BankPeriod(
                day, BankPeriodKind.Day, parts.Key, parts.Aggregate(BankTotals.None, (sum, part) => sum.Plus(part.Totals)), true))
            .ToList();
        if (day.AddDays(1).Day != 1)
        {
            return rows;
        }

        // The day ends a month: the sum of its closed days and this one. Currencies are those that the code knows.
        var month = new DateOnly(day.Year, day.Month, 1);
        var year = new DateOnly(day.Year, 1, 1);
        foreach (var currency in Currency.All)
        {
            var days = await store.ReadAsync(BankPeriodKind.Day, currency, month, day.AddDays(-1), ct);
            var monthTotals = days.Concat(rows.Where(row => row.Currency == currency && row.Kind == BankPeriodKind.Day))
                .Aggregate(BankTotals.None, (sum, row) => sum.Plus(row.Totals));
            if (monthTotals.All.Count > 0)
            {
                rows.Add(new BankPeriod(month, BankPeriodKind.Month, currency, monthTotals, true));
            }

            if (day.Month == 12)
            {
                var months = await store.ReadAsync(BankPeriodKind.Month, currency, year, month.AddDays(-1), ct);
                var yearTotals = months.Aggregate(monthTotals, (sum, row) => sum.Plus(row.Totals));
                if (yearTotals.All.Count > 0)
                {
                    rows.Add(new BankPeriod(year, BankPeriodKind.Year, currency, yearTotals, true));
                }
            }
        }

        return rows;
    }

    private static long Done(DateOnly? closedTo, DateOnly day) => closedTo is { } closed ? day.DayNumber - closed.DayNumber : 1;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day, int part) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}/{part}");

    private static (DateOnly Day, int Part) Parse(string cursor)
    {
        var parts = cursor.Split('/');
        return (
            DateOnly.ParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
