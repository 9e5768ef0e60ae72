using System.Reflection;
using BankPortal.Core.Administration.Operation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BankPortal.Web.Features.Administration.Operation;

/// <summary>Shows administrators the health of this node and the background jobs, and follows them.</summary>
public sealed partial class OperationPage
{
    private static readonly DateTimeOffset StartedAt =
        new(System.Diagnostics.Process.GetCurrentProcess().StartTime.ToUniversalTime(), TimeSpan.Zero);

    private ImmutableArray<JobReport> _jobs = [];
    private ImmutableArray<(string Name, HealthStatus Status, string? Text)> _checks = [];
    private int _megabytes;

    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required OperationDesk Desk { get; init; }

    [Inject] public required HealthCheckService Health { get; init; }

    [Inject] public required UserTimeZone Zone { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));

    private static string Version =>
        typeof(OperationPage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    private DateTimeOffset Now => Time.GetUtcNow();

    private string Started => Zone.ToLocal(StartedAt).ToString("g", CultureInfo.CurrentCulture);

    private int Troubled => _jobs.Count(job => job.Condition is JobCondition.Failing or JobCondition.Late);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var jobs = await Desk.JobsAsync(await Actors.GetAsync(ct), ct);
        if (!jobs.IsSuccess)
        {
            return;
        }

        var report = await Health.CheckHealthAsync(ct);
        _jobs = jobs.Value;
        _checks =
        [
            .. report.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => (entry.Key, entry.Value.Status, entry.Value.Description)),
        ];
        _megabytes = (int)(Environment.WorkingSet / (1024 * 1024));
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Title(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "In order",
        HealthStatus.Degraded => "Degraded",
        _ => "Not working",
    };

    private static StatusTone Tone(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => StatusTone.Positive,
        HealthStatus.Degraded => StatusTone.Attention,
        _ => StatusTone.Negative,
    };

    private static string Word(JobReport job) => job.Condition switch
    {
        JobCondition.Running when job.State is { Total: { } total and > 0, Progress: var done } =>
            $"Running, {done.ToString("N0", CultureInfo.CurrentCulture)} of {total.ToString("N0", CultureInfo.CurrentCulture)}",
        JobCondition.Running => "Running",
        JobCondition.Failing => job.State.Failures == 1 ? "Failed once" : $"Failed {Number(job.State.Failures)} times",
        JobCondition.Late => "Late",
        JobCondition.Waiting => "Waits",
        JobCondition.New => "Has not run yet",
        _ => "In time",
    };

    private static StatusTone Tone(JobCondition condition) => condition switch
    {
        JobCondition.Failing => StatusTone.Negative,
        JobCondition.Late => StatusTone.Attention,
        JobCondition.Running => StatusTone.Information,
        JobCondition.New or JobCondition.Waiting => StatusTone.Neutral,
        _ => StatusTone.Positive,
    };
}
