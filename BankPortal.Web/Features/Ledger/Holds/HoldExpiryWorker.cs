using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Web.Features.Ledger.Holds;

/// <summary>
/// Rejects transfers that were held too long: soon after the portal has started, then every few minutes. Every node does
/// it; a transfer is rejected only once all the same.
/// </summary>
internal sealed partial class HoldExpiryWorker(HoldExpiry expiry, TimeProvider time, ILogger<HoldExpiryWorker> logger) : BackgroundService
{
    /// <summary>The time between two runs.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>The time between the start of the portal and the first run.</summary>
    public static readonly TimeSpan AtFirst = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = AtFirst; ; wait = Every)
        {
            await Task.Delay(wait, time, stoppingToken);
            try
            {
                await expiry.RunAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // Whatever it was, the next look starts over; nothing is half done.
                PassFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Transfers that are held too long could not be searched for")]
    private static partial void PassFailed(ILogger logger, Exception exception);
}
