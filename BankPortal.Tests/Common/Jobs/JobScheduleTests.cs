using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Common.Jobs;

/// <summary>When jobs are due.</summary>
[UnitTest]
public sealed class JobScheduleTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("2026-03-06T07:30Z", "2026-03-07T07:30Z")] // Winter time, UTC-5.
    [InlineData("2026-03-07T07:30Z", "2026-03-08T07:00Z")] // 02:30 does not exist: the first moment after the gap, 03:00 UTC-4.
    [InlineData("2026-03-08T07:00Z", "2026-03-09T06:30Z")] // Summer time, UTC-4.
    [InlineData("2026-10-31T06:30Z", "2026-11-01T07:30Z")] // The clocks go back at two: 02:30 occurs once, in winter time.
    [InlineData("2026-11-01T07:30Z", "2026-11-02T07:30Z")]
    public void NextDue_DailyAtHalfPastTwo_FollowsTheClocksOfTheZone(string last, string next)
    {
        var lastDue = At(last);

        Assert.Equal(At(next), JobSchedule.DailyAt(new TimeOnly(2, 30)).NextDue(lastDue, lastDue, lastDue.AddHours(1), NewYork));
    }

    [Theory]
    [InlineData("2026-10-31T05:30Z", "2026-11-01T05:30Z")] // 01:30 occurs twice: the first one counts,
    [InlineData("2026-11-01T05:30Z", "2026-11-02T06:30Z")] // and the second one not again.
    public void NextDue_DailyAtATimeThatOccursTwice_IsDueOnceThatDay(string last, string next)
    {
        var schedule = JobSchedule.DailyAt(new TimeOnly(1, 30));
        var lastDue = At(last);

        Assert.Equal(At(next), schedule.NextDue(lastDue, lastDue, lastDue.AddHours(1), NewYork));
        Assert.Equal(At(next), schedule.NextDue(lastDue, lastDue, lastDue.AddHours(1.5), NewYork));
    }

    [Fact]
    public void NextDue_EveryDayOfAYear_OnceADay()
    {
        var schedule = JobSchedule.DailyAt(new TimeOnly(2, 30));
        var due = At("2025-12-31T07:30Z");
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            due = schedule.NextDue(due, due, due, NewYork);
            Assert.Equal(day, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(due, NewYork).DateTime));
        }
    }

    [Fact]
    public void NextDue_DailyAfterThreeDaysOfDowntime_IsTheLatestThatHasPassed()
    {
        var due = JobSchedule.DailyAt(new TimeOnly(2, 30)).NextDue(At("2026-06-01T06:30Z"), null, At("2026-06-04T06:29Z"), NewYork);

        Assert.Equal(At("2026-06-03T06:30Z"), due);
    }

    [Fact]
    public void NextDue_NeverRun_IsDueAtOnce()
    {
        var now = At("2026-06-04T01:00Z");

        Assert.Equal(At("2026-06-03T06:30Z"), JobSchedule.DailyAt(new TimeOnly(2, 30)).NextDue(null, null, now, NewYork));
        Assert.Equal(now, JobSchedule.Every(TimeSpan.FromHours(1)).NextDue(null, null, now, NewYork));
    }

    [Fact]
    public void NextDue_EveryHour_CountsFromTheEndOfTheLastRun() =>
        Assert.Equal(
            At("2026-06-04T02:20Z"),
            JobSchedule.Every(TimeSpan.FromHours(1))
                .NextDue(At("2026-06-04T01:00Z"), At("2026-06-04T01:20Z"), At("2026-06-04T01:30Z"), NewYork));

    [Fact]
    public void Every_NotPositive_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.Zero));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
