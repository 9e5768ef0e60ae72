using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications;

/// <summary>
/// Dispatches events for as long as the node holds the lease: at once when this node stored some, within a second for those of other
/// nodes. The database's faults are waited out here, with growing pauses.
/// </summary>
public sealed class NotificationJob(
    NotificationDispatcher dispatcher, EventSignal signal, TimeProvider time, ILogger<NotificationJob> logger) : IBankJob
{
    /// <summary>How long events of other nodes may wait for the next look.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // A step is stored when it ends: two writes a minute.
    private static readonly TimeSpan StepLength = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly FailureLog _failures = new(logger, time, "Events could not be dispatched; they stay in the outbox and are tried again");

    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(LookEvery);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        var pause = LookEvery;
        var end = time.GetUtcNow() + StepLength;
        while (time.GetUtcNow() < end)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                var count = await dispatcher.DispatchAsync(ct);
                _failures.Succeeded();
                pause = LookEvery;
                if (count == 0)
                {
                    await signal.WaitAsync(LookEvery, time, ct);
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested)
            {
                _failures.Failed(exception);
                await Task.Delay(pause, time, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }

        return JobStep.More("on");
    }
}
