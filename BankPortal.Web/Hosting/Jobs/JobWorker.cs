using BankPortal.Core.Common.Jobs;

namespace BankPortal.Web.Hosting.Jobs;

/// <summary>
/// Looks at every job now and then for as long as the portal runs, and runs those that are due. Each job has a loop of its own, so
/// that a long one delays no other.
/// </summary>
internal sealed class JobWorker(JobService service, JobOptions options, TimeProvider time, ILogger<JobWorker> logger) : BackgroundService
{
    private readonly string _holder = DerivedId.Random();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Enabled
            ? Task.WhenAll(service.Jobs.Where(job => job.TakesPart).Select(job => LoopAsync(job, stoppingToken)))
            : Task.CompletedTask;

    private async Task LoopAsync(IBankJob job, CancellationToken ct)
    {
        var failures = new FailureLog(logger, time, $"The state of job {job.Name} could not be read or written; it is tried again");
        var pause = options.LookEvery;
        while (true)
        {
            await Task.Delay(pause, time, ct);
            try
            {
                var run = await service.RunDueAsync(job, _holder, ct);
                failures.Succeeded();
                pause = PauseUntil(run.LookAgainAt);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                failures.Failed(exception);
                pause = PauseUntil(time.GetUtcNow() + options.FirstRetryAfter);
            }
        }
    }

    private TimeSpan PauseUntil(DateTimeOffset at)
    {
        var pause = at - time.GetUtcNow();
        return pause < options.LookEvery ? options.LookEvery : pause > options.LookAtLeastEvery ? options.LookAtLeastEvery : pause;
    }
}
