namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Checks every few seconds, on every node, whether another version of the rules is live.</summary>
internal sealed partial class RulesInForceWorker(
    RulesInForceRefresh refresh, TimeProvider time, ILogger<RulesInForceWorker> logger) : BackgroundService
{
    /// <summary>The pause between two checks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isFailing = false;
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await refresh.RefreshAsync(stoppingToken);
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // The last known rules stay in force. Logged once, not every two seconds.
                if (!isFailing)
                {
                    RefreshFailed(logger, exception);
                }

                isFailing = true;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The rules in force could not be read; the last known rules stay in force")]
    private static partial void RefreshFailed(ILogger logger, Exception exception);
}
