namespace BankPortal.Core.Common;

/// <summary>A calendar of weekends and configured holidays. Immutable, thread-safe.</summary>
public sealed class BusinessCalendar : IBusinessCalendar
{
    // Holidays without a year are read as days of this one, which is a leap year.
    private const int AnyYear = 2000;

    private readonly ImmutableHashSet<DateOnly> _days;
    private readonly ImmutableHashSet<DateOnly> _yearly;

    /// <summary>Creates the calendar.</summary>
    /// <exception cref="FormatException">A holiday is neither a date nor a day of the year.</exception>
    public BusinessCalendar(CalendarOptions options)
    {
        var holidays = options.Holidays.Select(text => Parse(text) ?? throw new FormatException($"{text} is not a day.")).ToList();
        _days = [.. holidays.Where(holiday => !holiday.IsYearly).Select(holiday => holiday.Day)];
        _yearly = [.. holidays.Where(holiday => holiday.IsYearly).Select(holiday => holiday.Day)];
        if (_yearly.Count > 300)
        {
            throw new FormatException("There are too many holidays for a business day to be left.");
        }
    }

    /// <summary>Returns whether the text is a date such as <c>2026-11-26</c> or a day of every year such as <c>12-25</c>.</summary>
    public static bool IsHoliday(string text) => Parse(text) is not null;

    /// <inheritdoc/>
    public bool IsBusinessDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !_days.Contains(day)
        && !_yearly.Contains(new DateOnly(AnyYear, day.Month, day.Day));

    /// <inheritdoc/>
    public DateOnly NextBusinessDay(DateOnly day) => Move(day, 1);

    /// <inheritdoc/>
    public DateOnly PreviousBusinessDay(DateOnly day) => Move(day, -1);

    private static (DateOnly Day, bool IsYearly)? Parse(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", culture, DateTimeStyles.None, out var day) ? (day, false)
            : DateOnly.TryParseExact($"{AnyYear}-{text}", "yyyy-MM-dd", culture, DateTimeStyles.None, out day) ? (day, true)
            : null;
    }

    private DateOnly Move(DateOnly day, int step)
    {
        do
        {
            day = day.AddDays(step);
        }
        while (!IsBusinessDay(day));
        return day;
    }
}
