using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>
/// Executes the standing orders that are due, every minute. Reads only what is due. Steps may be repeated and may run on two nodes at
/// once: each date is paid once. What was due while no node ran is executed by the next run, date by date.
/// </summary>
public sealed partial class StandingOrderJob(
    IStandingOrderStore store, StandingOrderRunner runner, SchedulingOptions options, ILogger<StandingOrderJob> logger) : IBankJob
{
    /// <summary>How many orders one step executes.</summary>
    public const int PageSize = 25;

    /// <inheritdoc/>
    public string Name => "standing-orders";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(TimeSpan.FromMinutes(1));

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!options.Execute)
        {
            return JobStep.Done("Switched off by Scheduling:Execute");
        }

        var place = Place.Read(context.Cursor);
        var due = await store.FindDueAsync(place.Shard, context.Now, PageSize, place.After, ct);
        var payments = place.Payments;
        var faults = place.Faults;
        foreach (var order in due)
        {
            try
            {
                payments += await runner.RunAsync(order, ct);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // One order must not keep the others from being executed; it stays due.
                faults++;
                LogFailed(logger, exception, order.OrderId);
            }
        }

        var next = due.Length == PageSize ? new Place(place.Shard, due[^1], payments, faults)
            : new Place(place.Shard + 1, null, payments, faults);
        return next.Shard < IStandingOrderStore.DueShards
            ? JobStep.More(next.Write(), payments)
            : JobStep.Done(string.Create(CultureInfo.InvariantCulture, $"{payments} payments of standing orders, {faults} faults"));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Standing order {OrderId} could not be executed; it is tried again by the next run")]
    private static partial void LogFailed(ILogger logger, Exception exception, string orderId);

    private sealed record Place(int Shard, DueOrder? After, int Payments, int Faults)
    {
        private const char Separator = '|';

        public static Place Read(string? cursor)
        {
            var parts = cursor?.Split(Separator);
            return parts switch
            {
                null => new Place(0, null, 0, 0),
                [var shard, var payments, var faults] => new Place(Number(shard), null, Number(payments), Number(faults)),
                [var shard, var payments, var faults, var runAt, var order, var owner] => new Place(
                    Number(shard),
                    new DueOrder(owner, order, new DateTimeOffset(long.Parse(runAt, CultureInfo.InvariantCulture), TimeSpan.Zero)),
                    Number(payments),
                    Number(faults)),
                _ => throw new FormatException("The cursor of the job is not one."),
            };
        }

        public string Write() => After is { } after
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Shard}|{Payments}|{Faults}|{after.RunAt.UtcTicks}|{after.OrderId}|{after.OwnerId}")
            : string.Create(CultureInfo.InvariantCulture, $"{Shard}|{Payments}|{Faults}");

        private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}
