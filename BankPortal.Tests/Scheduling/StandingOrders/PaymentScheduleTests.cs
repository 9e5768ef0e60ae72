using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.StandingOrders;
using FsCheck.Fluent;

namespace BankPortal.Tests.Scheduling.StandingOrders;

[UnitTest]
public sealed class PaymentScheduleTests
{
    private static readonly BusinessCalendar Calendar = new(new CalendarOptions { Holidays = { "12-25", "01-01", "2026-11-26" } });

    [Theory]
    [InlineData("2026-11-30", 30, 3, "2026-11-30 2027-02-28 2027-05-30 2027-08-30 2027-11-30 2028-02-29")]
    [InlineData("2026-01-31", 31, 1, "2026-01-31 2026-02-28 2026-03-31 2026-04-30 2026-05-31 2026-06-30")]
    [InlineData("2026-11-30", 31, 1, "2026-11-30 2026-12-31 2027-01-31 2027-02-28 2027-03-31 2027-04-30")]
    [InlineData("2024-02-29", 29, 12, "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29 2029-02-28")]
    [InlineData("2026-12-29", 29, 2, "2026-12-29 2027-02-28 2027-04-29 2027-06-29 2027-08-29 2027-10-29")]
    public void DateOf_MonthIsShorter_IsItsLastDayAndLaterMonthsKeepTheDay(string first, int day, int every, string expected)
    {
        var schedule = PaymentSchedule.Monthly(Day(first), every) with { Day = day };
        var dates = Enumerable.Range(0, 6).Select(index => schedule.DateOf(index)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(expected, string.Join(' ', dates));
    }

    [Fact]
    public void DateOf_AfterCountOrLastDay_IsNone()
    {
        var weekly = PaymentSchedule.Weekly(Day("2026-12-01"), 2);
        Assert.Equal(Day("2026-12-15"), weekly.DateOf(1));
        Assert.Null((weekly with { Count = 2 }).DateOf(2));
        Assert.Equal(Day("2026-12-15"), (weekly with { Until = Day("2026-12-15") }).DateOf(1));
        Assert.Null((weekly with { Until = Day("2026-12-14") }).DateOf(1));
        Assert.Null(PaymentSchedule.Once(Day("2026-12-01")).DateOf(1));
        Assert.Null(weekly.DateOf(int.MaxValue / 14));
    }

    [Fact]
    public void OccurrenceOf_WeekendOrHoliday_MovesByTheRule()
    {
        // Friday is a holiday, so Friday to Sunday go to Monday or to Thursday.
        foreach (var day in new[] { "2026-12-25", "2026-12-26", "2026-12-27" })
        {
            Assert.Equal(Day("2026-12-28"), PaymentSchedule.Once(Day(day)).OccurrenceOf(0, Calendar)!.PayOn);
            Assert.Equal(Day("2026-12-24"), PaymentSchedule.Once(Day(day), BusinessDayRule.Before).OccurrenceOf(0, Calendar)!.PayOn);
        }
    }

    [Fact]
    public void Occurrences_AnySchedule_AreInOrderOnBusinessDaysAndKeepTheirDay() =>
        Properties.Holds(Schedules(), schedule =>
        {
            var all = schedule.Next(0, 60, Calendar);
            Assert.NotEmpty(all);
            Assert.Equal(schedule.First, all[0].Date);
            for (var i = 0; i < all.Length; i++)
            {
                Assert.Equal(i, all[i].Index);
                Assert.True(Calendar.IsBusinessDay(all[i].PayOn));
                Assert.True(schedule.Rule == BusinessDayRule.After ? all[i].PayOn >= all[i].Date : all[i].PayOn <= all[i].Date);
                Assert.True(Math.Abs(all[i].PayOn.DayNumber - all[i].Date.DayNumber) <= 4);
                if (schedule.Rhythm == PaymentRhythm.Monthly)
                {
                    Assert.Equal(Math.Min(schedule.Day, DateTime.DaysInMonth(all[i].Date.Year, all[i].Date.Month)), all[i].Date.Day);
                }

                if (i > 0)
                {
                    Assert.True(all[i].Date > all[i - 1].Date && all[i].PayOn >= all[i - 1].PayOn);
                }
            }

            // Counting on from the middle is the same as counting from the beginning.
            var middle = all.Length / 2;
            Assert.Equal(all[middle], schedule.FirstAfter(all[middle].PayOn.AddDays(-1), middle, Calendar));
            return true;
        });

    [Theory]
    [InlineData("2026-11-28", "first")]
    [InlineData("2056-11-29", "first")]
    [InlineData("2026-11-29", null)]
    public void Check_FirstDay_IsTomorrowOrLater(string first, string? field) =>
        Assert.Equal(field, PaymentSchedule.Weekly(Day(first)).Check(Day("2026-11-28"), Calendar)?.Field);

    [Fact]
    public void Check_EachField_SaysWhatIsWrong()
    {
        var today = Day("2026-11-27");
        var good = PaymentSchedule.Monthly(Day("2026-11-30"));
        Assert.Null(good.Check(today, Calendar));
        Assert.Null((good with { Day = 31 }).Check(today, Calendar));
        Assert.Equal("first", (good with { Day = 29 }).Check(today, Calendar)?.Field);
        Assert.Equal("every", (good with { Every = 0 }).Check(today, Calendar)?.Field);
        Assert.Equal("every", (good with { Every = 53 }).Check(today, Calendar)?.Field);
        Assert.Equal("count", (good with { Count = 0 }).Check(today, Calendar)?.Field);
        Assert.Equal("until", (good with { Until = Day("2026-11-29") }).Check(today, Calendar)?.Field);

        // Saturday goes back to Friday, which is today.
        Assert.Equal("first", PaymentSchedule.Once(Day("2026-11-28"), BusinessDayRule.Before).Check(today, Calendar)?.Field);
    }

    [Theory]
    [InlineData("2027-02-31", "February 2027 has only 28 days. Choose the 28th to pay on the last day.")]
    [InlineData("2028-02-30", "February 2028 has only 29 days. Choose the 29th to pay on the last day.")]
    [InlineData("2027-13-01", "Enter a day that is in the calendar.")]
    [InlineData("", "Enter a day that is in the calendar.")]
    [InlineData(null, "Enter a day that is in the calendar.")]
    public void Parse_NoSuchDay_SaysWhyAtTheField(string? text, string sentence)
    {
        var result = PaymentDay.Parse(text, "first");
        Assert.Equal(("first", sentence), (result.Error!.Field, result.Error.Message));
    }

    [Fact]
    public void Parse_Day_IsTheDay() => Assert.Equal(Day("2028-02-29"), PaymentDay.Parse("2028-02-29", "first").Value);

    [Theory]
    [InlineData("2027-03-14", "02:30", "2027-03-14T07:00:00Z")]
    [InlineData("2027-11-07", "01:30", "2027-11-07T05:30:00Z")]
    [InlineData("2027-01-04", "06:00", "2027-01-04T11:00:00Z")]
    [InlineData("2027-07-05", "06:00", "2027-07-05T10:00:00Z")]
    public void At_ClocksChange_IsOneMomentOfTheDay(string day, string time, string expected)
    {
        var clock = new SchedulingClock(new LedgerOptions(), TimeProvider.System);
        var at = clock.At(Day(day), TimeOnly.Parse(time, CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), at);
        Assert.Equal(Day(day), clock.DayOf(at));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static FsCheck.Gen<PaymentSchedule> Schedules() =>
        from rhythm in Gen.Elements(PaymentRhythm.Once, PaymentRhythm.Weekly, PaymentRhythm.Monthly)
        from every in Gen.Choose(1, PaymentSchedule.MaxEvery)
        from day in Gen.Choose(0, 3_000)
        from rule in Gen.Elements(BusinessDayRule.After, BusinessDayRule.Before)
        from isLast in Gen.Elements(true, false)
        let first = new DateOnly(2026, 1, 1).AddDays(day)
        select new PaymentSchedule
        {
            Rhythm = rhythm,
            Every = every,
            First = first,
            Rule = rule,
            Day = isLast && first.Day == DateTime.DaysInMonth(first.Year, first.Month) ? 31 : first.Day,
        };
}
