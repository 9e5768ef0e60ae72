using BankPortal.Infrastructure.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Checks the clock at the start and now and then, so that a clock that was set back is noticed.</summary>
internal sealed partial class ClockWorker(ClockWatch clock, TimeProvider time, ILogger<ClockWorker> logger)
    : BackgroundService, IStartupTask
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken ct = default) => clock.CheckAsync(ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await clock.CheckAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    NotChecked(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal is going down.
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The clock could not be compared with the stored times; it is tried again")]
    private static partial void NotChecked(ILogger logger, Exception exception);
}
