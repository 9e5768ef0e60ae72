namespace BankPortal.Infrastructure.Common;

/// <summary>Checks <see cref="CalendarOptions"/>.</summary>
public sealed class CalendarOptionsValidator : IOptionsValidator<CalendarOptions>
{
    // More would leave no business days.
    private const int MaxHolidays = 1_000;

    /// <inheritdoc/>
    public void Check(CalendarOptions options, OptionsErrors errors)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(errors);

        errors.RequireRange(options.Holidays.Count, 0, MaxHolidays, nameof(options.Holidays));
        var yearly = options.Holidays.Count(holiday => holiday.Length == "12-25".Length);
        errors.Require(yearly <= 100, nameof(options.Holidays), "has more than a hundred holidays of every year");
        for (var i = 0; i < options.Holidays.Count; i++)
        {
            errors.Require(
                BusinessCalendar.IsHoliday(options.Holidays[i]),
                $"{nameof(options.Holidays)}:{i}",
                "must be a date such as 2026-11-26, or 12-25 for every year");
        }
    }
}
