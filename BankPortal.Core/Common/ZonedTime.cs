namespace BankPortal.Core.Common;

/// <summary>Days and times of day in a time zone, with the days on which its clocks change.</summary>
public static class ZonedTime
{
    /// <summary>The calendar day of the zone at a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>
    /// The moment of a day, in UTC, at which the zone's clocks show a time. Where they go forward over it, the first moment after the gap;
    /// where they show it twice, the first.
    /// </summary>
    public static DateTimeOffset MomentOf(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(time);
        while (zone.IsInvalidTime(local))
        {
            // Gaps begin and end on whole minutes.
            local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified).AddMinutes(1);
        }

        // Of two moments with this local time the earlier one has the greater offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
