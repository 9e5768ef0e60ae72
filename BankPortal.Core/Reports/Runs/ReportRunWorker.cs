using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Cubes;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Core.Reports.Runs;

/// <summary>
/// Makes reports in the background: those that the kept cells cannot answer are counted from the transfers, some days in a step, into
/// cells with just what is asked for. Memory and the kept content are bounded by the number of groups. Thread-safe.
/// </summary>
public sealed class ReportRunWorker(
    ReportRows rows,
    ReportService reports,
    ISavedReportStore saved,
    IStaffDirectory staff,
    IBankEvents events,
    LedgerRules rules,
    TimeProvider time) : IRunWorker
{
    /// <summary>The kind of run.</summary>
    public const string RunKind = "report";

    /// <summary>The name in a run's definition that says which saved report it delivers.</summary>
    public const string SavedName = "saved";

    // A step ends after the day with which it has read this many rows.
    private const int RowsPerStep = 20_000;

    private const int MostCells = 20_000;

    /// <inheritdoc/>
    public string Kind => RunKind;

    /// <inheritdoc/>
    public Task<Result<RunStep>> StepAsync(BackgroundRun run, CancellationToken ct) => StepAsync(run, RowsPerStep, ct);

    /// <summary>Makes one step, which ends after the day with which it has read that many rows.</summary>
    internal async Task<Result<RunStep>> StepAsync(BackgroundRun run, int rowsPerStep, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        var (definition, errors) = ReportAddress.Read(run.Definition);
        if (errors is [var unreadable, ..])
        {
            return unreadable;
        }

        if (ReportRules.Check(definition, rules.DayOf(run.CreatedAt)) is [var problem, ..])
        {
            return problem;
        }

        if (CubeSpec.For(definition) is { } cube)
        {
            var result = await reports.ReadAsync(definition, cube, rules.DayOf(run.CreatedAt), ct);
            return new RunStep(null, ReportRunContent.Write(result), 1, 1);
        }

        return await CountAsync(run, definition, rowsPerStep, ct);
    }

    /// <inheritdoc/>
    public async Task FinishedAsync(BackgroundRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        var subject = ReportAddress.Read(run.Definition).Definition.Subject;
        foreach (var person in await ReadersAsync(run, subject, ct))
        {
            await events.RaiseAsync(
                BankEvent.Of(
                    DerivedId.From("report-ready", run.Id, person),
                    BankEventKinds.ReportReady,
                    person,
                    time.GetUtcNow(),
                    ("report", run.Title),
                    ("link", "/reports/runs/" + run.Id)),
                ct);
        }
    }

    /// <summary>What a run has: its result, or the figures so far; <see langword="null"/> when there are none.</summary>
    internal ReportResult? ResultOf(BackgroundRun run)
    {
        if (ReportRunContent.ReadResult(run.Content) is { } result)
        {
            return result;
        }

        var definition = ReportAddress.Read(run.Definition).Definition;
        if (run.Content.Length == 0 || CubeSpec.For(definition) is not null)
        {
            return null;
        }

        var cube = CubeSpec.Special(definition);
        var (now, before) = ReportRunContent.ReadCells(run.Content, cube, cube.ScopeOf(definition.Currency));
        return Compute(definition, cube, run, now, before);
    }

    /// <summary>The id of the saved report that a run delivers; <see langword="null"/> for others.</summary>
    internal static string? SavedOf(BackgroundRun run) => run.Definition.Split('&')
        .Select(pair => pair.Split('='))
        .FirstOrDefault(pair => pair is [SavedName, _]) is [_, var id] ? id : null;

    private async Task<IEnumerable<string>> ReadersAsync(BackgroundRun run, ReportSubject subject, CancellationToken ct)
    {
        if (SavedOf(run) is not { } id || await saved.FindAsync(id, ct) is not { } report)
        {
            return [run.OwnerId];
        }

        // Of those that it is shared with, only people who still have a role that may read it.
        return (await staff.ListAsync(SavedReportService.Roles, ct))
            .Select(member => new Actor(member.UserId, [.. member.Roles]))
            .Where(actor => report.IsFor(actor) && ReportRules.MayRead(actor, subject))
            .Select(actor => actor.UserId);
    }

    private async Task<Result<RunStep>> CountAsync(
        BackgroundRun run, ReportDefinition definition, int rowsPerStep, CancellationToken ct)
    {
        var cube = CubeSpec.Special(definition);
        var scope = cube.ScopeOf(definition.Currency);
        var (days, compared) = DaysOf(definition, run);
        var (now, before) = ReportRunContent.ReadCells(run.Content, cube, scope);
        var total = Length(days) + (compared is { } more ? Length(more) : 0);
        var done = (int)run.Progress;
        var read = 0;
        while (done < total && read < rowsPerStep)
        {
            var isNow = done < Length(days);
            var day = isNow ? days.From.AddDays(done) : compared!.Value.From.AddDays(done - Length(days));
            var into = CellsFor(isNow ? now : before, isNow ? days.From : compared!.Value.From, day);
            await foreach (var row in rows.ReadAsync(rules.StartOf(day), rules.StartOf(day.AddDays(1)), ct).WithCancellation(ct))
            {
                read++;
                if (row.IsOf(definition.Subject) && row.Transfer.Amount.Currency == definition.Currency)
                {
                    into.At(CubeCounter.KeyOf(row, cube)).Add(
                        row.Transfer.Amount.MinorUnits,
                        cube.HasDistribution,
                        definition.Measures.Contains(ReportMeasure.Distinct) ? row.Account.OwnerId : null);
                }
            }

            if (now.Concat(before).Sum(cells => cells.Cells.All.Count) > MostCells)
            {
                return new InvalidInputError("by", "There are too many groups to count. Choose fewer break-downs, or add a filter.");
            }

            done++;
        }

        return done < total
            ? new RunStep(done.ToString(CultureInfo.InvariantCulture), ReportRunContent.Write(now, before), done, total)
            : new RunStep(null, ReportRunContent.Write(Compute(definition, cube, run, now, before)), total, total);

        // Days of one interval share their cells.
        CubeCells CellsFor(List<CubeRow> into, DateOnly first, DateOnly day)
        {
            var interval = definition.Groups.FirstOrDefault(ReportVocabulary.IsTime, (ReportDimension)(-1));
            var at = ReportVocabulary.IsTime(interval)
                ? ReportTime.DaysOf(interval, ReportTime.ValueOf(interval, day))!.Value.From
                : first;
            var found = into.Find(one => one.From == at);
            if (found is null)
            {
                into.Add(found = new CubeRow(cube.Name, scope, false, at, new CubeCells()));
            }

            return found.Cells;
        }
    }

    private ReportResult Compute(
        ReportDefinition definition, CubeSpec cube, BackgroundRun run, List<CubeRow> now, List<CubeRow> before)
    {
        var (days, compared) = DaysOf(definition, run);
        var notes = new List<string> { "Counted from the transactions themselves." };
        if (definition.Measures.Contains(ReportMeasure.Distinct))
        {
            notes.Add($"Numbers of different customers are exact up to {DistinctCounter.ExactTo.ToString("N0", CultureInfo.InvariantCulture)}, then within about 2 %.");
        }

        if (definition.Measures.Any(ReportVocabulary.IsPercentile))
        {
            notes.Add("Medians and percentiles are exact to within 1 %.");
        }

        return ReportEngine.Compute(definition, cube, days, now, compared, before, time.GetUtcNow()) with { Notes = [.. notes] };
    }

    private ((DateOnly From, DateOnly To) Days, (DateOnly From, DateOnly To)? Compared) DaysOf(
        ReportDefinition definition, BackgroundRun run)
    {
        // The day on which it was asked for, however long it takes.
        var today = rules.DayOf(run.CreatedAt);
        var (from, to) = definition.Period.Resolve(today);
        to = to > today ? today : to;
        return (
            (from, to),
            definition.Comparison == ReportComparison.None ? null : ReportPeriod.Before(from, to, definition.Comparison));
    }

    private static int Length((DateOnly From, DateOnly To) days) => days.To.DayNumber - days.From.DayNumber + 1;
}
