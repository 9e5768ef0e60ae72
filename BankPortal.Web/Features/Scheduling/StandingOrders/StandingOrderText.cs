using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Web.Features.Scheduling.StandingOrders;

/// <summary>Standing orders in text.</summary>
internal static class StandingOrderText
{
    /// <summary>How often it pays, such as "Every 3 months on the last day".</summary>
    public static string Rhythm(PaymentSchedule schedule) => ScheduleText.Rhythm(schedule);

    /// <summary>Until when it pays.</summary>
    public static string End(PaymentSchedule schedule) =>
        schedule is { Rhythm: PaymentRhythm.Once } ? "After this payment"
        : schedule.Until is { } until ? "On " + Date(until)
        : schedule.Count is { } count ? $"After {Number(count)} {(count == 1 ? "payment" : "payments")}"
        : "No end";

    /// <summary>What happens on weekends and holidays.</summary>
    public static string Rule(BusinessDayRule rule) =>
        rule == BusinessDayRule.Before ? "Paid on the business day before" : "Paid on the next business day";

    /// <summary>A date.</summary>
    public static string Date(DateOnly day) => TimeText.Date(day, CultureInfo.CurrentCulture);

    /// <summary>A date and, where it differs, the day it is paid on.</summary>
    public static string Date(Occurrence occurrence) => occurrence.PayOn == occurrence.Date
        ? Date(occurrence.Date)
        : $"{Date(occurrence.PayOn)} (planned for {Date(occurrence.Date)})";

    /// <summary>The state.</summary>
    public static MarkupString Badge(StandingOrder order) => order.State switch
    {
        StandingOrderState.Active => Markup.Badge("Active", StatusTone.Positive),
        StandingOrderState.Paused => Markup.Badge(order.PausedFor is null ? "Paused" : "Paused by us", StatusTone.Attention),
        StandingOrderState.Finished => Markup.Badge("Finished"),
        _ => Markup.Badge("Cancelled"),
    };

    /// <summary>What became of a payment.</summary>
    public static MarkupString Badge(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Paid => Markup.Badge("Paid", StatusTone.Positive),
        RunOutcome.Held => Markup.Badge("In review", StatusTone.Attention),
        RunOutcome.Failed => Markup.Badge("Failed", StatusTone.Attention),
        RunOutcome.Skipped => Markup.Badge("Skipped"),
        _ => Markup.Badge("Missed", StatusTone.Attention),
    };

    private static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);
}
