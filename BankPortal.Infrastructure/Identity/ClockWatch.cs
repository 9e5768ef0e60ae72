using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BankPortal.Infrastructure.Identity;

/// <summary>
/// Notices a clock that was set back: keeps the latest time that any node has seen in the database, and warns when it is ahead of this
/// node's clock. Codes, sessions, limits and the order of entries depend on the clock. Thread-safe.
/// </summary>
public sealed partial class ClockWatch
{
    private const string Row = "clock#seen";
    private const string SeenAt = "seen_at";

    // Clocks of several nodes differ by less.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly UserRows _rows;
    private readonly TimeProvider _time;
    private readonly ILogger<ClockWatch> _logger;
    private readonly Lock _gate = new();
    private long? _askedAt;
    private TimeSpan _ahead;
    private bool _warned;

    internal ClockWatch(UserRows rows, TimeProvider time, ILogger<ClockWatch> logger)
    {
        _rows = rows;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Returns how far the latest stored time is ahead of this node's clock; zero when the clock is right. Logs a warning once when that
    /// begins. Asks the database at most every ten seconds.
    /// </summary>
    public async Task<TimeSpan> CheckAsync(CancellationToken ct = default)
    {
        lock (_gate)
        {
            if (_askedAt is { } asked && _time.GetElapsedTime(asked) < Fresh)
            {
                return _ahead;
            }
        }

        var now = _time.GetUtcNow();
        var seen = await _rows.GetAsync(Row, ct) is { } item ? new ItemReader(item).TimeOrNull(SeenAt) : null;
        var ahead = seen > now + Tolerance ? seen.Value - now : TimeSpan.Zero;
        if (seen is null || now - seen > WriteEvery)
        {
            await _rows.UpdateAsync(
                Row,
                $"SET {SeenAt} = :now",
                $"attribute_not_exists({SeenAt}) OR {SeenAt} < :now",
                new(StringComparer.Ordinal) { [":now"] = Attr.Time(now) },
                ct);
        }

        Note(ahead);
        return ahead;
    }

    private void Note(TimeSpan ahead)
    {
        lock (_gate)
        {
            _askedAt = _time.GetTimestamp();
            _ahead = ahead;
            if (ahead > TimeSpan.Zero == _warned)
            {
                return;
            }

            _warned = !_warned;
        }

        if (ahead > TimeSpan.Zero)
        {
            ClockBehind(_logger, ahead);
        }
        else
        {
            ClockRight(_logger);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clock of this machine is behind: times up to {Ahead} later are stored already. Set it right, or wait until it has caught up.")]
    private static partial void ClockBehind(ILogger logger, TimeSpan ahead);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clock of this machine is not behind the stored times any more.")]
    private static partial void ClockRight(ILogger logger);
}

/// <summary>Reports a clock behind the stored times as a degraded state: the node still works, but somebody should look.</summary>
internal sealed class ClockHealthCheck(ClockWatch clock) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var ahead = await clock.CheckAsync(cancellationToken);
            return ahead > TimeSpan.Zero
                ? HealthCheckResult.Degraded($"stored times are {ahead} ahead of the clock")
                : HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whether the database answers is the question of another check.
            return HealthCheckResult.Healthy("the stored times could not be read");
        }
    }
}
