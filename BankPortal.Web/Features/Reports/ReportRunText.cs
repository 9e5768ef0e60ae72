using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Web.Features.Reports;

/// <summary>Runs, schedules and roles as text.</summary>
internal static class ReportRunText
{
    /// <summary>How a run stands.</summary>
    public static (string Text, StatusTone Tone) State(BackgroundRun run) => run.State switch
    {
        RunState.Waiting => ("Waiting", StatusTone.Neutral),
        RunState.Running => (run.Share is { } share ? $"Running, {share.ToString("P0", CultureInfo.CurrentCulture)}" : "Running", StatusTone.Information),
        RunState.Done => ("Ready", StatusTone.Positive),
        RunState.Cancelled => ("Cancelled", StatusTone.Neutral),
        _ => ("Failed", StatusTone.Negative),
    };

    /// <summary>When a report is delivered.</summary>
    public static string Schedule(ReportSchedule schedule) => schedule switch
    {
        ReportSchedule.Daily => "Every morning",
        ReportSchedule.Weekly => "On Monday mornings",
        ReportSchedule.Monthly => "On the first of each month",
        _ => "Not delivered",
    };

    /// <summary>A role that reports are shared with.</summary>
    public static string Role(string role) => role switch
    {
        BankRoles.Manager => "All managers",
        BankRoles.Compliance => "All compliance officers",
        _ => role,
    };
}
