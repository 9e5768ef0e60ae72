using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Web.Features.Ledger.Holds;

/// <summary>
/// Rejects transfers that were held too long: soon after the portal has started, then every few minutes. Every node does
/// it; a transfer is rejected only once all the same.
/// </summary>
internal sealed class HoldExpiryWorker(HoldExpiry expiry, TimeProvider time, ILogger<HoldExpiryWorker> logger) : BackgroundService
{
    /// <summary>The time between two runs.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>The time between the start of the portal and the first run.</summary>
    public static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(20);

    private readonly FailureLog _failures = new(logger, time, "Transfers that are held too long could not be searched for");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = AtFirst; ; wait = Every)
        {
            await Task.Delay(wait, time, stoppingToken);
            try
            {
                await expiry.RunAsync(stoppingToken);
                _failures.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // Whatever it was, the next look starts over; nothing is half done.
                _failures.Failed(exception);
            }
        }
    }
}
