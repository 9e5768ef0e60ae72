namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class TimeTextTests
{
    private static readonly TimeZoneInfo Sydney = TimeZoneInfo.FindSystemTimeZoneById("Australia/Sydney");
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 7, 47, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("en-US", "Nov 20, 2026"), InlineData("en-GB", "20 Nov 2026"), InlineData("de-DE", "20. Nov. 2026")]
    [InlineData("sv-SE", "2026-11-20")]
    public void Format_Date_HasTheOrderOfTheCulture(string culture, string expected) =>
        Assert.Equal(expected, TimeText.Format(Now, TimeFormat.Date, TimeZoneInfo.Utc, Now, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void Format_InstantNearMidnight_IsTheDayOfTheReader()
    {
        var instant = new DateTimeOffset(2026, 11, 20, 14, 30, 0, TimeSpan.Zero);

        Assert.Equal("21 Nov 2026", TimeText.Format(instant, TimeFormat.Date, Sydney, Now, CultureInfo.GetCultureInfo("en-GB")));
        Assert.Equal("20 Nov 2026", TimeText.Format(instant, TimeFormat.Date, TimeZoneInfo.Utc, Now, CultureInfo.GetCultureInfo("en-GB")));
    }

    [Fact]
    public void Machine_AnyFractionOfASecond_HasAtMostThreeDigitsOfIt()
    {
        // The W3C's validator refuses more in the datetime of a time element.
        var instant = new DateTimeOffset(2026, 11, 20, 18, 4, 5, TimeSpan.FromHours(11)).AddTicks(1_234_567);

        Assert.Equal("2026-11-20T07:04:05.123Z", TimeText.Machine(instant));
    }

    [Theory]
    [InlineData(0, "Today"), InlineData(-7, "Today"), InlineData(-20, "Yesterday"), InlineData(-43, "18 Nov 2026")]
    public void Format_Day_CountsCalendarDaysOfTheReader(int hours, string expected) =>
        Assert.Equal(expected, TimeText.Format(Now.AddHours(hours), TimeFormat.Day, Sydney, Now, CultureInfo.GetCultureInfo("en-GB")));

    [Theory]
    [InlineData(0, "just now"), InlineData(-59, "just now"), InlineData(-60, "1 minute ago")]
    [InlineData(-3599, "59 minutes ago"), InlineData(-3600, "Today, 06:47"), InlineData(3600, "20 Nov 2026, 08:47")]
    public void Format_Ago_IsRelativeForAnHour(int seconds, string expected) =>
        Assert.Equal(
            expected,
            TimeText.Format(Now.AddSeconds(seconds), TimeFormat.Ago, TimeZoneInfo.Utc, Now, CultureInfo.GetCultureInfo("en-GB"))
        );
}
