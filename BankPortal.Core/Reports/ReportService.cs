using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports;

/// <summary>
/// Answers reports from the cells of closed days and months, and the days since then from their own transfers. The number of reads does
/// not depend on the number of entries. Checks what the reader may ask. Thread-safe.
/// </summary>
public sealed class ReportService(
    ICubeStore store, CubeCounter counter, ILoanFigures loans, LedgerRules rules, TimeProvider time)
{
    /// <summary>How many days that are not counted yet are counted while somebody waits.</summary>
    public const int MostOpenDays = 3;

    // How long the count of an open day is used again: a builder changes its choices every few seconds.
    private static readonly TimeSpan KeepOpenDay = TimeSpan.FromSeconds(15);

    private volatile OpenDays? _open;

    /// <summary>The bank's day.</summary>
    public DateOnly Today => rules.DayOf(time.GetUtcNow());

    /// <summary>Checks the definition and whether the person may ask for it.</summary>
    /// <returns>What is wrong, next to the field; empty when nothing is.</returns>
    public ImmutableArray<InvalidInputError> Check(Actor actor, ReportDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return ReportRules.MayRead(actor, definition.Subject)
            ? ReportRules.Check(definition, Today)
            : [new InvalidInputError("subject", $"Your role has no reports about {ReportVocabulary.Title(definition.Subject).ToLowerInvariant()}.")];
    }

    /// <summary>Reads a report.</summary>
    /// <returns>
    /// The report; or <see cref="NotAllowedError"/>, what is contradictory, or <see cref="ReportNeedsRunError"/> when only the rows can
    /// answer it.
    /// </returns>
    public async Task<Result<ReportResult>> ReadAsync(Actor actor, ReportDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(definition);
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        if (Check(actor, definition) is [var problem, ..])
        {
            return problem;
        }

        return CubeSpec.For(definition) is { } cube ? await ReadAsync(definition, cube, Today, ct) : new ReportNeedsRunError();
    }

    /// <summary>Reads a report that was checked before.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="cube">The cube that answers it.</param>
    /// <param name="today">The day that moving periods follow.</param>
    /// <param name="ct">Cancels the reads.</param>
    internal async Task<ReportResult> ReadAsync(
        ReportDefinition definition, CubeSpec cube, DateOnly today, CancellationToken ct)
    {
        var days = definition.Period.Resolve(today);
        days = (days.From, days.To > today ? today : days.To);
        (DateOnly From, DateOnly To)? compared = definition.Comparison == ReportComparison.None
            ? null
            : ReportPeriod.Before(days.From, days.To, definition.Comparison);
        var countedTo = await store.FindCountedToAsync(ct);
        var notes = new List<string>();
        var now = RowsAsync(definition, cube, days, countedTo, notes, ct);
        var before = compared is { } other ? RowsAsync(definition, cube, other, countedTo, [], ct) : Task.FromResult<List<CubeRow>>([]);
        await Task.WhenAll(now, before);
        if (definition.Measures.Any(ReportVocabulary.IsPercentile))
        {
            notes.Add("Medians and percentiles are exact to within 1 %.");
        }

        if (definition.Subject == ReportSubject.Loans && !await loans.AnyAsync(ct))
        {
            notes.Add("The bank has no loans yet.");
        }

        if (definition.Subject == ReportSubject.SignIns)
        {
            notes.Add("Sign-ins are counted by days of universal time (UTC).");
        }

        return ReportEngine.Compute(definition, cube, days, await now, compared, await before, time.GetUtcNow()) with
        {
            Notes = [.. notes],
        };
    }

    private Task<List<CubeRow>> RowsAsync(
        ReportDefinition definition,
        CubeSpec cube,
        (DateOnly From, DateOnly To) days,
        DateOnly? countedTo,
        List<string> notes,
        CancellationToken ct) =>
        ReportVocabulary.IsStock(cube.Subject)
            ? StockAsync(definition, cube, days, countedTo, notes, ct)
            : FlowAsync(definition, cube, days, countedTo, notes, ct);

    private async Task<List<CubeRow>> FlowAsync(
        ReportDefinition definition,
        CubeSpec cube,
        (DateOnly From, DateOnly To) days,
        DateOnly? countedTo,
        List<string> notes,
        CancellationToken ct)
    {
        var scope = cube.ScopeOf(definition.Currency);
        var rows = new List<CubeRow>();
        var closed = countedTo is { } last && last < days.To ? last : days.To;
        if (countedTo is not null && days.From <= closed)
        {
            var (monthsFrom, monthsBefore) = NeedsDays(definition) ? (days.From, days.From) : Months(days.From, closed);
            var reads = new List<Task<IReadOnlyList<CubeRow>>>();
            if (monthsFrom < monthsBefore)
            {
                reads.Add(store.ReadAsync(cube.Name, scope, true, monthsFrom, monthsBefore.AddDays(-1), ct));
                if (days.From < monthsFrom)
                {
                    reads.Add(store.ReadAsync(cube.Name, scope, false, days.From, monthsFrom.AddDays(-1), ct));
                }

                if (monthsBefore <= closed)
                {
                    reads.Add(store.ReadAsync(cube.Name, scope, false, monthsBefore, closed, ct));
                }
            }
            else
            {
                reads.Add(store.ReadAsync(cube.Name, scope, false, days.From, closed, ct));
            }

            foreach (var found in await Task.WhenAll(reads))
            {
                rows.AddRange(found);
            }
        }

        var today = Today;
        var open = countedTo is { } counted ? counted.AddDays(1) : today.AddDays(1 - MostOpenDays);
        if (days.To < open)
        {
            return rows;
        }

        if (!ReportVocabulary.HasRows(cube.Subject))
        {
            notes.Add(countedTo is { } to
                ? $"Counted up to {ReportVocabulary.Label(ReportDimension.Day, ReportTime.ValueOf(ReportDimension.Day, to))}."
                : "The first day is counted after it is closed.");
            return rows;
        }

        var first = open < days.From ? days.From : open;
        if (today.DayNumber - open.DayNumber >= MostOpenDays)
        {
            var late = today.AddDays(1 - MostOpenDays);
            first = first < late ? late : first;
            notes.Add("Closed days are still being counted: some days are missing here for now.");
        }

        for (var day = first; day <= days.To && day <= today; day = day.AddDays(1))
        {
            rows.AddRange((await OpenDayAsync(day, ct)).Where(row => row.Cube == cube.Name && row.Scope == scope));
        }

        return rows;
    }

    private async Task<List<CubeRow>> StockAsync(
        ReportDefinition definition,
        CubeSpec cube,
        (DateOnly From, DateOnly To) days,
        DateOnly? countedTo,
        List<string> notes,
        CancellationToken ct)
    {
        if (countedTo is not { } last)
        {
            notes.Add("The first day is counted after it is closed.");
            return [];
        }

        var scope = cube.ScopeOf(definition.Currency);
        var end = last < days.To ? last : days.To;
        if (end < days.To)
        {
            notes.Add($"As of the end of {ReportVocabulary.Label(ReportDimension.Day, ReportTime.ValueOf(ReportDimension.Day, end))}, the last closed day.");
        }

        var interval = definition.Groups.FirstOrDefault(ReportVocabulary.IsTime, (ReportDimension)(-1));
        if (!ReportVocabulary.IsTime(interval))
        {
            return [.. await store.ReadAsync(cube.Name, scope, false, end, end, ct)];
        }

        if (end < days.From)
        {
            return [];
        }

        var rows = new List<CubeRow>();
        if (NeedsDays(definition))
        {
            rows.AddRange(await store.ReadAsync(cube.Name, scope, false, days.From, end, ct));
        }
        else
        {
            // A month's row is that of its last day.
            var month = new DateOnly(days.From.Year, days.From.Month, 1);
            var months = store.ReadAsync(cube.Name, scope, true, month, end, ct);
            var latest = store.ReadAsync(cube.Name, scope, false, end, end, ct);
            rows.AddRange((await months).Where(row => row.From.AddMonths(1).AddDays(-1) <= end));
            if (end.AddDays(1).Day != 1)
            {
                rows.AddRange(await latest);
            }
        }

        return
        [
            .. rows.GroupBy(row => ReportTime.ValueOf(interval, row.From), StringComparer.Ordinal)
                .Select(group => group.MaxBy(row => row.From)!),
        ];
    }

    // The whole months within the days: the first one, and the first day after the last one.
    private static (DateOnly From, DateOnly Before) Months(DateOnly from, DateOnly to)
    {
        var first = new DateOnly(from.Year, from.Month, 1);
        first = first == from ? first : first.AddMonths(1);
        var after = to.AddDays(1);
        return (first, new DateOnly(after.Year, after.Month, 1));
    }

    private static bool NeedsDays(ReportDefinition definition) =>
        definition.Groups.Contains(ReportDimension.Day) || definition.Groups.Contains(ReportDimension.Week);

    private async Task<ImmutableArray<CubeRow>> OpenDayAsync(DateOnly day, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_open is { } known && known.At > now - KeepOpenDay && known.Days.TryGetValue(day, out var rows))
        {
            return rows;
        }

        ImmutableArray<CubeRow> counted = [.. await counter.CountTransfersAsync(day, keep: false, null, ct)];
        _open = _open is { } others && others.At > now - KeepOpenDay
            ? others with { Days = others.Days.SetItem(day, counted) }
            : new OpenDays(now, ImmutableDictionary<DateOnly, ImmutableArray<CubeRow>>.Empty.Add(day, counted));
        return counted;
    }

    private sealed record OpenDays(DateTimeOffset At, ImmutableDictionary<DateOnly, ImmutableArray<CubeRow>> Days);
}
