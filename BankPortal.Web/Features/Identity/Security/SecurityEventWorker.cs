using BankPortal.Core.Audit;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Stores security events every second, and what is left when the portal stops. Events wait in memory while the store does not answer,
/// and nobody who signs in notices.
/// </summary>
internal sealed partial class SecurityEventWorker(SecurityEventLog events, TimeProvider time, ILogger<SecurityEventWorker> logger)
    : BackgroundService
{
    /// <summary>The pause between two writes.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // The host waits longer than this for its workers when it stops.
    private static readonly TimeSpan LastFlushTimeout = TimeSpan.FromSeconds(3);

    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, time, stoppingToken);
                await FlushAsync(all: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(LastFlushTimeout);
            await FlushAsync(all: true, last.Token);
        }
    }

    private async Task FlushAsync(bool all, CancellationToken ct)
    {
        try
        {
            await events.FlushAsync(all, ct);
            if (_failures > 0)
            {
                StoredAgain(logger, _failures);
                _failures = 0;
            }
        }
        catch (Exception exception) when (all || !ct.IsCancellationRequested)
        {
            // Logged once, not every second.
            if (_failures++ == 0 || all)
            {
                NotStored(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Security events could not be stored; they wait in memory and are tried again")]
    private static partial void NotStored(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Security events are stored again, after {Failures} failed tries")]
    private static partial void StoredAgain(ILogger logger, int failures);
}
