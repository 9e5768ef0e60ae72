using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Core.Reports.Runs;

/// <summary>
/// Starts the runs of saved reports that are due, every morning after the days are closed. Its id follows from report and day, so a step
/// that is repeated starts nothing twice. Readers are told when the run has ended.
/// </summary>
public sealed class ReportDeliveryJob(
    ISavedReportStore saved, RunService runs, IStaffDirectory staff, LedgerRules rules) : IBankJob
{
    private static readonly TimeOnly At = new(6, 30);

    /// <inheritdoc/>
    public string Name => "report-delivery";

    /// <inheritdoc/>
    public JobSchedule Schedule => JobSchedule.DailyAt(At);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var day = rules.DayOf(context.Due);
        var due = (await saved.ListAsync(ct)).Where(report => report.IsDueOn(day)).ToList();
        if (due.Count == 0)
        {
            return JobStep.Done("No report is due.");
        }

        // Nothing is made for somebody who no longer has a role that reads reports.
        var readers = (await staff.ListAsync(SavedReportService.Roles, ct))
            .Select(member => member.UserId)
            .ToHashSet(StringComparer.Ordinal);
        var started = 0;
        foreach (var report in due.Where(report => readers.Contains(report.OwnerId)))
        {
            var run = await runs.StartAsync(
                DerivedId.From("report-delivery", report.Id, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                ReportRunWorker.RunKind,
                report.OwnerId,
                report.Title,
                $"{report.Definition}&{ReportRunWorker.SavedName}={report.Id}",
                isLimited: false,
                ct);
            started += run.IsSuccess ? 1 : 0;
        }

        return JobStep.Done($"{started} reports were started.");
    }
}
