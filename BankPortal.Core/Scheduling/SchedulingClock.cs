namespace BankPortal.Core.Scheduling;

/// <summary>The bank's days and times of day, in its own zone. Thread-safe.</summary>
/// <param name="ledger">Has the bank's zone.</param>
/// <param name="time">The clock.</param>
public sealed class SchedulingClock(LedgerOptions ledger, TimeProvider time)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(ledger.TimeZone);

    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The bank's day.</summary>
    public DateOnly Today => DayOf(Now);

    /// <summary>The bank's day at a moment.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, _zone).DateTime);

    /// <summary>
    /// The moment of a day at which the bank's clocks show a time. Where they go forward over it, the first moment after the gap; where
    /// they show it twice, the first.
    /// </summary>
    public DateTimeOffset At(DateOnly day, TimeOnly timeOfDay)
    {
        var local = day.ToDateTime(timeOfDay);
        while (_zone.IsInvalidTime(local))
        {
            // Gaps begin and end on whole minutes.
            local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified).AddMinutes(1);
        }

        // Of two moments with this local time the earlier one has the greater offset.
        var offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
