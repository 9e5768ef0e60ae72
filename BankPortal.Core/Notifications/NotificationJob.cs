using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications;

/// <summary>Turns events into messages for as long as the node holds the lease.</summary>
public sealed class NotificationJob(
    NotificationDispatcher dispatcher, EventSignal signal, TimeProvider time, ILogger<NotificationJob> logger) : IBankJob
{
    private readonly OutboxLoop _loop = new(
        dispatcher.DispatchAsync,
        signal,
        time,
        logger,
        "Events could not be dispatched; they stay in the outbox and are tried again");

    /// <inheritdoc/>
    public string Name => "notifications";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(OutboxLoop.LookEvery);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        await _loop.RunAsync(ct);
        return JobStep.More("on");
    }
}
