namespace BankPortal.Core.Common.Jobs;

/// <summary>
/// Keeps a job to its share of the time, so that people's requests keep the database and the processors: after each piece of work the job
/// rests in proportion to the time that the work took. For one job; not thread-safe.
/// </summary>
public sealed class WorkShare
{
    // Shorter pieces are added up: timers are no more exact than this.
    private static readonly TimeSpan Piece = TimeSpan.FromMilliseconds(15);

    // A request that hung for a minute is no reason to rest for several.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly double _share;
    private readonly TimeProvider _time;
    private long _since;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="share">The share of the time that is work: above 0; with 1 there is no rest.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not above 0, or is above 1.</exception>
    public WorkShare(double share, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        ArgumentNullException.ThrowIfNull(time);
        (_share, _time, _since) = (share, time, time.GetTimestamp());
    }

    /// <summary>Rests as long as the work since the last rest asks for.</summary>
    public async Task RestAsync(CancellationToken ct)
    {
        var rest = RestAfter(_time.GetElapsedTime(_since));
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, _time, ct);
            _since = _time.GetTimestamp();
        }
    }

    /// <summary>How long to rest after this much work.</summary>
    internal TimeSpan RestAfter(TimeSpan worked)
    {
        if (worked < Piece)
        {
            return TimeSpan.Zero;
        }

        var rest = worked * ((1 / _share) - 1);
        return rest < LongestRest ? rest : LongestRest;
    }
}
