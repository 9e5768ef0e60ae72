using BankPortal.Core.Common.Events;
using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Notifications.Delivery;

/// <summary>Sends what is due over channels, for as long as the node holds the lease.</summary>
public sealed class DeliveryJob(
    DeliveryDispatcher dispatcher, IDeliveryOutbox outbox, TimeProvider time, ILogger<DeliveryJob> logger) : IBankJob
{
    private readonly OutboxLoop _loop = new(
        dispatcher.DispatchAsync,
        outbox.Signal,
        time,
        logger,
        "Messages could not be sent; they stay in the queue and are tried again");

    /// <inheritdoc/>
    public string Name => "deliveries";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(OutboxLoop.LookEvery);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        await _loop.RunAsync(ct);
        return JobStep.More("on");
    }
}
