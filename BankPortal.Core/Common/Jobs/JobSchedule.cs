namespace BankPortal.Core.Common.Jobs;

/// <summary>When a job is due: every so often, or once a day at a time of the bank's zone. Immutable.</summary>
public sealed record JobSchedule
{
    private readonly TimeSpan? _interval;
    private readonly TimeOnly _time;

    private JobSchedule(TimeSpan? interval, TimeOnly time)
    {
        _interval = interval;
        _time = time;
    }

    /// <summary>The job is due when this time has passed since the end of its last successful run; at once when there was none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public static JobSchedule Every(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new JobSchedule(interval, default);
    }

    /// <summary>
    /// The job is due once a calendar day at that time of the bank's zone. Where the clocks go forward over it, at the first moment
    /// after the gap; where they go back, at the first of the two. A job that has never run is due at once.
    /// </summary>
    public static JobSchedule DailyAt(TimeOnly time) => new(null, time);

    /// <summary>Returns the moment at which the job is due next; it may have passed.</summary>
    /// <param name="lastDue">The moment the last successful run was due; <see langword="null"/> when there was none.</param>
    /// <param name="lastEnd">When that run ended.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">The bank's time zone.</param>
    internal DateTimeOffset NextDue(DateTimeOffset? lastDue, DateTimeOffset? lastEnd, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (_interval is { } interval)
        {
            return lastEnd is { } end ? end + interval : now;
        }

        var latest = Latest(now, zone);
        if (lastDue is not { } last || latest > last)
        {
            return latest;
        }

        var today = ZonedTime.DayOf(last, zone);
        var next = MomentOf(today, zone);
        return next > last ? next : MomentOf(today.AddDays(1), zone);
    }

    private DateTimeOffset Latest(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = ZonedTime.DayOf(now, zone);
        var moment = MomentOf(today, zone);
        return moment <= now ? moment : MomentOf(today.AddDays(-1), zone);
    }

    private DateTimeOffset MomentOf(DateOnly day, TimeZoneInfo zone) => ZonedTime.MomentOf(day, _time, zone);
}
