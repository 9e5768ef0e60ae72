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
    public DateOnly DayOf(DateTimeOffset at) => ZonedTime.DayOf(at, _zone);

    /// <summary>The moment of a day at which the bank's clocks show a time, as <see cref="ZonedTime.MomentOf"/> has it.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly timeOfDay) => ZonedTime.MomentOf(day, timeOfDay, _zone);
}
