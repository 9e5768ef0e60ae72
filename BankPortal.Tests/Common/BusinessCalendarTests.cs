namespace BankPortal.Tests.Common;

/// <summary>Weekends and holidays.</summary>
[UnitTest]
public sealed class BusinessCalendarTests
{
    private readonly BusinessCalendar _calendar = new(new CalendarOptions { Holidays = { "2026-11-26", "12-25", "01-01", "02-29" } });

    [Theory]
    [InlineData("2026-11-25", true)]
    [InlineData("2026-11-26", false)] // A date counts in its year only.
    [InlineData("2027-11-26", true)]
    [InlineData("2026-12-25", false)]
    [InlineData("2028-12-25", false)]
    [InlineData("2026-11-28", false)] // Saturday.
    [InlineData("2026-11-29", false)] // Sunday.
    [InlineData("2028-02-29", false)]
    public void IsBusinessDay_WeekendsAndHolidays_AreNot(string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, _calendar.IsBusinessDay(Day(day)));

    [Theory]
    [InlineData("2026-11-25", "2026-11-27")] // Over the holiday.
    [InlineData("2026-12-24", "2026-12-28")] // Over the holiday and the weekend.
    [InlineData("2026-12-31", "2027-01-04")]
    public void NextBusinessDay_AndBack_SkipsClosedDays(string day, string next)
    {
        Assert.Equal(Day(next), _calendar.NextBusinessDay(Day(day)));
        Assert.Equal(Day(day), _calendar.PreviousBusinessDay(Day(next)));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("13-01")]
    [InlineData("Christmas")]
    public void Check_HolidayThatIsNoDay_IsRefusedWithItsPlace(string holiday)
    {
        var errors = new OptionsErrors(CalendarOptions.Section);
        new CalendarOptionsValidator().Check(new CalendarOptions { Holidays = { "12-25", holiday } }, errors);

        Assert.Contains("Holidays:1", Assert.Single(errors.All), StringComparison.Ordinal);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
