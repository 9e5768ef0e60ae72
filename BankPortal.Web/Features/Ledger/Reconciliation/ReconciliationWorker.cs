using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>
/// Reconciles the ledger in the background, a step at a time, for as long as the portal runs. Every node has one worker; the one
/// that holds the lease works, the others check now and then whether it still does.
/// </summary>
internal sealed partial class ReconciliationWorker(
    ReconciliationService service,
    IReconciliationStore store,
    ReconciliationOptions options,
    TimeProvider time,
    ILogger<ReconciliationWorker> logger
) : BackgroundService
{
    // After failures the pause grows to at most this many times StepEvery.
    private const int MaxPauses = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string _holder = DerivedId.Random();
    private readonly FailureLog _failures = new(logger, time, "A step of reconciliation failed; it is tried again");
    private volatile bool _hasAsked;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!_hasAsked)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // Another node need not wait for the lease to run out.
            await store.LetGoAsync(_holder, patience.Token);
        }
        catch (Exception exception)
        {
            LeaseNotReturned(logger, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Enabled)
        {
            return;
        }

        var failures = 0;
        while (true)
        {
            // The longer it does not work, the longer the pauses; nobody waits for this.
            await Task.Delay(options.StepEvery * Math.Min(failures + 1, MaxPauses), time, stoppingToken);
            _hasAsked = true;
            try
            {
                await service.StepAsync(_holder, stoppingToken);
                failures = 0;
                _failures.Succeeded();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it was, the step is made anew.
                failures++;
                _failures.Failed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease on reconciliation could not be returned; it expires by itself")]
    private static partial void LeaseNotReturned(ILogger logger, Exception exception);
}
