namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Checks every few seconds, on every node, whether another version of the rules is live.</summary>
internal sealed class RulesInForceWorker(
    RulesInForceRefresh refresh, TimeProvider time, ILogger<RulesInForceWorker> logger) : BackgroundService
{
    /// <summary>The pause between two checks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly FailureLog _failures = new(logger, time, "The rules in force could not be read; the last known rules stay in force");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            try
            {
                await refresh.RefreshAsync(stoppingToken);
                _failures.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // The last known rules stay in force.
                _failures.Failed(exception);
            }
        }
    }
}
