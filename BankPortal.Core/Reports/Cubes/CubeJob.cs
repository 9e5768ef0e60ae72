using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Reports.Definitions;

namespace BankPortal.Core.Reports.Cubes;

/// <summary>
/// Counts the cells of days that are closed, the oldest first, one day in a step; months with their last day. Days that earlier versions
/// closed are counted in the same way. Repeating a step, or taking it over in the middle, gives the same rows.
/// </summary>
public sealed class CubeJob(
    CubeCounter counter,
    ICubeStore store,
    IBankDayStore days,
    IEnumerable<ICubeSource> sources,
    DayCloseOptions options,
    TimeProvider time) : IBankJob
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public string Name => "report-days";

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.Every(LookEvery);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.Enabled)
        {
            return JobStep.Done("Switched off by DayClose:Enabled.");
        }

        if (await days.FindClosedToAsync(ct) is not { } last)
        {
            return JobStep.Done("No day is closed yet.");
        }

        foreach (var source in sources)
        {
            last = await source.FindReadyToAsync(ct) is { } ready && ready < last ? ready : last;
        }

        var countedTo = await store.FindCountedToAsync(ct);
        var day = countedTo?.AddDays(1) ?? await days.FindFirstAsync(ct) ?? last;
        if (day > last)
        {
            return JobStep.Done(countedTo is { } counted ? $"Counted to {Text(counted)}." : "The loan book of the first days is not there yet.");
        }

        await CountAsync(day, countedTo, ct);
        return JobStep.More(Text(day), 1, last.DayNumber - day.DayNumber + 1);
    }

    /// <summary>Counts one closed day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="countedTo">The last counted day as it was read.</param>
    /// <param name="ct">Cancels the work.</param>
    public async Task CountAsync(DateOnly day, DateOnly? countedTo, CancellationToken ct)
    {
        var share = new WorkShare(options.Share, time);
        var rows = await counter.CountTransfersAsync(day, keep: true, share.RestAsync, ct);
        rows.AddRange(await counter.CountStandingsAsync(day, share.RestAsync, ct));
        foreach (var source in sources)
        {
            rows.AddRange(await source.ReadAsync(day, ct));
        }

        if (day.AddDays(1).Day == 1)
        {
            rows.AddRange(await MonthAsync(day, rows, ct));
        }

        await store.SaveAsync(rows, ct);
        await store.TryCountToAsync(day, countedTo, ct);
    }

    private async Task<List<CubeRow>> MonthAsync(DateOnly last, List<CubeRow> rows, CancellationToken ct)
    {
        var month = new DateOnly(last.Year, last.Month, 1);
        var sums = new List<CubeRow>();
        foreach (var cube in CubeSpec.All)
        {
            var scopes = ReportVocabulary.HasAmounts(cube.Subject)
                ? Currency.All.Select(cube.ScopeOf)
                : [cube.ScopeOf(default)];
            foreach (var scope in scopes)
            {
                var own = rows.Where(row => row.Cube == cube.Name && row.Scope == scope);
                var cells = new CubeCells();
                foreach (var row in ReportVocabulary.IsStock(cube.Subject)
                    ? own
                    : (await store.ReadAsync(cube.Name, scope, months: false, month, last.AddDays(-1), ct)).Concat(own))
                {
                    cells.Add(row.Cells);
                }

                if (cells.All.Count > 0)
                {
                    sums.Add(new CubeRow(cube.Name, scope, true, month, cells));
                }
            }
        }

        return sums;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
