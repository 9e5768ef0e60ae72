using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Web.Features.Analytics.Reports;

/// <summary>The printable report of a month or a year.</summary>
public sealed partial class ReportPage
{
    private AnalyticsReport? _report;
    private Error? _refusal;

    [Inject] public required AnalyticsService Analytics { get; init; }

    /// <summary>The year.</summary>
    [Parameter] public int Year { get; set; }

    /// <summary>The month; <see langword="null"/> for the whole year.</summary>
    [Parameter] public int? Month { get; set; }

    protected override object? LoadKey => (Year, Month);

    private AnalyticsPeriod? Period =>
        Year is < 1900 or > 9000 || Month is < 1 or > 12 ? null
        : Month is { } month ? AnalyticsPeriod.Month(new DateOnly(Year, month, 1))
        : AnalyticsPeriod.Year(Year);

    private string Title => Period is not { } period ? "Report"
        : Month is null ? $"Report of {Year.ToString(CultureInfo.InvariantCulture)}"
        : $"Report of {ReportText.Month(period.First)}";

    protected override async Task<ReportContent> ReadAsync(Actor actor, CancellationToken ct)
    {
        var period = Period;
        return new ReportContent(
            period, period is { } known ? await Analytics.ReadAsync(actor, known, ct) : new NotFoundError("report"));
    }

    protected override void Show(ReportContent content)
    {
        if (content.Period == Period)
        {
            (_report, _refusal) = (content.Read.IsSuccess ? content.Read.Value : null, content.Read.Error);
        }
    }
}
