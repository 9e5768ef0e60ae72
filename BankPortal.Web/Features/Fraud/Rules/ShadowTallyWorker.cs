namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Adds the outcomes of the version in shadow for the transfers of this node to the stored counts: every few seconds, and once
/// more when the portal stops.</summary>
internal sealed class ShadowTallyWorker(ShadowTally tally, TransferFeed feed, TimeProvider time) : BackgroundService
{
    /// <summary>The pause between two additions.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    // The host waits longer than this for its workers when it stops.
    private static readonly TimeSpan LastFlushTimeout = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = feed.SubscribeAll(tally.Note);
        try
        {
            while (true)
            {
                await Task.Delay(Every, time, stoppingToken);
                await tally.FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(LastFlushTimeout);
            await tally.FlushAsync(last.Token);
        }
    }
}
