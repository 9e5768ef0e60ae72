namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Sends the queued messages one at a time. A message that fails is tried again a few times, then dropped and logged.</summary>
internal sealed partial class AccountMessageWorker(
    AccountMessageQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountMessageWorker> logger)
    : BackgroundService
{
    // Pauses of 1, 4 and 16 seconds bridge a short outage; messages behind this one wait no longer than that.
    private const int MaxTries = 4;
    private const int PauseGrowth = 4;

    private readonly FailureLog _failures = new(logger, time, "Messages about accounts could not be sent; they are tried again a few times");

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Messages queued before the stop are still sent, as long as the host gives the time.
        queue.Complete();
        if (ExecuteTask is { } running)
        {
            await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in queue.Reader.ReadAllAsync(stoppingToken))
        {
            await WriteAsync(request, stoppingToken);
        }
    }

    private async Task WriteAsync(AccountMessageRequest request, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AccountMessageWriter>().WriteAsync(request, again: attempt > 1, ct);
                _failures.Succeeded();
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // No fault may end the worker: the other messages do not depend on this one.
                _failures.Failed(exception);
                if (attempt == MaxTries)
                {
                    SendGivenUp(logger, request.Kind);
                    return;
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(PauseGrowth, attempt - 1)), time, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message of kind {Kind} could not be sent and was given up")]
    private static partial void SendGivenUp(ILogger logger, AccountMessageKind kind);
}
