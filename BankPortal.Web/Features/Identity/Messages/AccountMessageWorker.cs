namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>Sends the queued messages one at a time. A message that fails is tried again a few times, then dropped and logged.</summary>
internal sealed class AccountMessageWorker(
    AccountMessageQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<AccountMessageWorker> logger)
    : BackgroundService
{
    private const int MaxTries = 4;

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
                return;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception exception)
            {
                // No fault may end the worker: the other messages do not depend on this one.
                if (attempt == MaxTries)
                {
                    logger.LogError(exception, "A message of kind {Kind} could not be sent and was given up", request.Kind);
                    return;
                }

                logger.LogWarning(exception, "A message of kind {Kind} could not be sent; it is tried again", request.Kind);
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(4, attempt - 1)), time, ct);
        }
    }
}
