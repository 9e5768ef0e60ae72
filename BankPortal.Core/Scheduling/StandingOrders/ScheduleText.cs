namespace BankPortal.Core.Scheduling.StandingOrders;

/// <summary>The dates of standing orders in text, with numbers and days as the current culture writes them.</summary>
public static class ScheduleText
{
    /// <summary>All of a schedule, such as "Every month on the 30th, from Nov 30, 2026, no end".</summary>
    public static string Of(PaymentSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Rhythm == PaymentRhythm.Once
            ? $"Once, on {Day(schedule.First)}"
            : $"{Rhythm(schedule)}, from {Day(schedule.First)}, "
                + (schedule.Until is { } until ? "until " + Day(until)
                    : schedule.Count is { } count ? $"{Number(count)} {(count == 1 ? "payment" : "payments")}"
                    : "no end");
    }

    /// <summary>How often it pays, such as "Every 3 months on the last day".</summary>
    public static string Rhythm(PaymentSchedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return schedule.Rhythm switch
        {
            PaymentRhythm.Once => "Once",
            PaymentRhythm.Weekly => (schedule.Every == 1 ? "Every week" : $"Every {Number(schedule.Every)} weeks")
                + " on " + CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(schedule.First.DayOfWeek),
            _ => (schedule.Every == 1 ? "Every month" : $"Every {Number(schedule.Every)} months")
                + (schedule.Day == 31 ? " on the last day" : $" on the {Ordinal(schedule.Day)}"),
        };
    }

    private static string Day(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);

    private static string Ordinal(int day) => Number(day) + (day % 10, day / 10) switch
    {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
}
