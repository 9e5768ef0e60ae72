using System.Threading.Channels;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>
/// Files alerts: those of this process as soon as they are committed, all others by a regular sweep of the outbox. Every
/// node does this; each alert is still filed only once.
/// </summary>
internal sealed class AlertWorker(
    AlertIntake intake, TransferFeed feed, CaseOptions options, TimeProvider time, ILogger<AlertWorker> logger) : BackgroundService
{
    // Beyond this the next sweep finds them.
    private const int MaxWaiting = 1000;

    private readonly Channel<string> _committed = Channel.CreateBounded<string>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly FailureLog _failures = new(logger, time, "Alerts could not be read; they stay in the outbox and are tried again");

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Subscribed before the first sweep: the sweep finds what was committed earlier, the feed reports what comes later.
        Watch = feed.SubscribeAll(transfer =>
        {
            if (transfer.IsAlertPending)
            {
                _committed.Writer.TryWrite(transfer.Id);
            }
        });
        await base.StartAsync(cancellationToken);
    }

    private IDisposable? Watch { get; set; }

    public override void Dispose()
    {
        Watch?.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(SweepAsync(stoppingToken), FollowAsync(stoppingToken));

    private async Task SweepAsync(CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(options.AlertSweepEvery, time, ct);
            await TryAsync(() => intake.SweepAsync(ct), ct);
        }
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        await foreach (var id in _committed.Reader.ReadAllAsync(ct))
        {
            await TryAsync(() => intake.ProcessAsync(id, ct), ct);
        }
    }

    private async Task TryAsync(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
            _failures.Succeeded();
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // The mark stays in the ledger, so the next sweep tries again.
            _failures.Failed(exception);
        }
    }
}
