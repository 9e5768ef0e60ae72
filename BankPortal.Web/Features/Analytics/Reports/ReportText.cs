using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Web.Features.Analytics.Reports;

/// <summary>The sentences and links of reports.</summary>
internal static class ReportText
{
    /// <summary>The name of a month, such as "November 2026".</summary>
    public static string Month(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>The name of a month where space is short, such as "Nov 2026".</summary>
    public static string ShortMonth(DateOnly month) => month.ToString("MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Says what recurring payments are still expected before the month ends.</summary>
    public static string StillToCome(Forecast forecast) => (forecast.KnownOut.IsZero, forecast.KnownIn.IsZero) switch
    {
        (true, true) => "No recurring payment is expected before then.",
        (false, true) => $"Recurring payments of {MoneyFormat.Format(forecast.KnownOut)} are still to go out.",
        (true, false) => $"Recurring payments of {MoneyFormat.Format(forecast.KnownIn)} are still to come in.",
        _ => $"Recurring payments of {MoneyFormat.Format(forecast.KnownOut)} are still to go out, and of {MoneyFormat.Format(forecast.KnownIn)} to come in.",
    };

    /// <summary>The name of a period.</summary>
    public static string Period(AnalyticsPeriod period) =>
        period.Months == 1 ? Month(period.First) : $"{Month(period.First)} to {Month(period.LastMonth)}";

    /// <summary>How a rhythm is called.</summary>
    public static string Rhythm(Rhythm rhythm) => rhythm switch
    {
        Core.Analytics.Reports.Rhythm.Weekly => "Every week",
        Core.Analytics.Reports.Rhythm.Fortnightly => "Every two weeks",
        Core.Analytics.Reports.Rhythm.Monthly => "Every month",
        Core.Analytics.Reports.Rhythm.Quarterly => "Every three months",
        _ => "Every year",
    };

    /// <summary>Says how an amount compares with an earlier one.</summary>
    public static string Compare(Money now, Money before, string when) => (now.CompareTo(before), before.IsZero) switch
    {
        (_, true) => $"No figures for {when}",
        (0, _) => $"The same as {when}",
        ( > 0, _) => $"{MoneyFormat.Format(now - before)} more than {when}",
        _ => $"{MoneyFormat.Format(before - now)} less than {when}",
    };

    /// <summary>Says what is unusual, with its figures.</summary>
    public static string Unusual(UnusualSpending unusual)
    {
        var times = ((decimal)unusual.Amount.MinorUnits / unusual.Usual.MinorUnits).ToString("0.0", CultureInfo.CurrentCulture);
        return $"In {Month(unusual.Month)} you spent {MoneyFormat.Format(unusual.Amount)} on {unusual.Name}: {times} times the {MoneyFormat.Format(unusual.Usual)} a month of the {unusual.Months.ToString(CultureInfo.CurrentCulture)} months before.";
    }

    /// <summary>The address of the entries behind a figure, which add up to it.</summary>
    /// <param name="period">The figure's months.</param>
    /// <param name="category">Its category, or all spending or income.</param>
    /// <param name="payee">The other side, by its whole name.</param>
    /// <param name="days">Its kind of days, as the history calls them.</param>
    public static string Entries(AnalyticsPeriod period, string? category = null, string? payee = null, string? days = null) =>
        Entries(period.First, period.Last, category, payee, days);

    /// <summary>The address of the entries of a day.</summary>
    public static string Entries(DateOnly day) => Entries(day, day, null, null, null);

    private static string Entries(DateOnly first, DateOnly last, string? category, string? payee, string? days) =>
        QueryText.Address(
            BankRoutes.History,
            [
                new("from", QueryText.Format(first)),
                new("to", QueryText.Format(last)),
                new("category", category),
                new("with", payee is null ? null : $"\"{payee}\""),
                new("days", days),
                new("zone", "bank"),
            ]);
}
