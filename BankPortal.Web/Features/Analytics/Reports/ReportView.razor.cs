using BankPortal.Core.Analytics.Reports;
using BankPortal.Web.Components.Charts;

namespace BankPortal.Web.Features.Analytics.Reports;

/// <summary>The figures of a report: with charts on the screen, as tables on paper.</summary>
public sealed partial class ReportView
{
    private readonly ApexChartOptions _categoryOptions = new()
    {
        Legend = { Position = LegendPosition.Bottom },
        Xaxis = { Title = "Category" },
        Chart = { Height = 400 },
    };
    private readonly ApexChartOptions _monthOptions = new() { Xaxis = { Title = "Month" } };
    private readonly ApexChartOptions _dayOptions = new() { Xaxis = { Title = "Days" }, Chart = { Height = 220 } };
    private readonly ApexChartOptions _balanceOptions = new()
    {
        Xaxis = { Type = XAxisType.Datetime },
        Stroke = { Curve = Curve.Stepline },
    };

    /// <summary>The figures.</summary>
    [Parameter, EditorRequired] public AnalyticsReport Report { get; set; } = null!;

    /// <summary>Whether it is for paper.</summary>
    [Parameter] public bool Printed { get; set; }

    // The period before a year is the same months a year earlier.
    private bool IsYear => Report.Period.Months == 12;

    private string BeforeName => Report.Period.Months switch
    {
        1 => "the month before",
        12 => "a year before",
        var months => $"the {months.ToString(CultureInfo.CurrentCulture)} months before",
    };

    private string BeforeTitle => Report.Period.Months switch
    {
        1 => "Month before",
        12 => "Year before",
        _ => "Months before",
    };

    // A year's report ends with months that have not come yet.
    private ImmutableArray<MonthMoney> Months => [.. Report.Months.Where(month => month.Month <= Report.Today)];

    private string SpendingSummary =>
        $"Spending: {MoneyFormat.Format(Report.Flow.Spending)}; the largest part is {Report.Spending[0].Name} with {MoneyFormat.Format(Report.Spending[0].Amount)}.";

    private string MonthSummary =>
        $"{MoneyFormat.Format(Report.Flow.Income)} came in and {MoneyFormat.Format(Report.Flow.Spending)} went out in {ReportText.Period(Report.Period)}.";

    private string BalanceSummary =>
        $"The balance of all accounts went from {MoneyFormat.Format(Report.Opening)} to {MoneyFormat.Format(Report.Closing)}.";

    private string DaySummary =>
        $"On weekdays you spent {MoneyFormat.Format(Report.Weekdays.Amount)}, {MoneyFormat.Format(Report.Weekdays.PerDay)} a day; on weekends {MoneyFormat.Format(Report.Weekends.Amount)}, {MoneyFormat.Format(Report.Weekends.PerDay)} a day.";

    private IEnumerable<DayKind> DayKinds => [new("Weekdays", "weekdays", Report.Weekdays), new("Weekends", "weekends", Report.Weekends)];

    protected override void OnParametersSet()
    {
        foreach (var options in new[] { _categoryOptions, _monthOptions, _dayOptions, _balanceOptions })
        {
            options.Yaxis.Unit = ChartUnit.Money;
            options.Yaxis.Currency = Report.Currency;
        }
    }

    private static object MonthName(MonthMoney month) => month.Month.ToString("MMM yy", CultureInfo.CurrentCulture);

    private sealed record DayKind(string Name, string Days, DayKindMoney Money);
}
