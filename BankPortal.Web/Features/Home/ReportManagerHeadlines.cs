using BankPortal.Core.Reports;

namespace BankPortal.Web.Features.Home;

/// <summary>Gives the manager's start page the headlines of the shipped reports. Thread-safe.</summary>
internal sealed class ReportManagerHeadlines(IReportHeadlines reports) : IManagerHeadlines
{
    /// <inheritdoc/>
    public async Task<ManagerHeadline?> ReadAsync(Actor actor, string report, CancellationToken ct = default)
    {
        var read = await reports.ReadAsync(actor, report, ct);
        if (!read.IsSuccess || read.Value is not { Value: { } value } headline)
        {
            return null;
        }

        // Months before the first figure say nothing.
        ImmutableArray<HeadlinePoint> months = [.. headline.Trend.SkipWhile(point => point.Value is null or 0)];
        var trendText = months is [var first, .., var last]
            ? $"{headline.Label} by month: {Text(headline, first.Value)} in {Month(first)}, {Text(headline, last.Value)} in {Month(last)}."
            : "";
        return new ManagerHeadline(
            headline.Label,
            Text(headline, value),
            headline.Change is { } change ? $"{change.ToString("+0.0 %;−0.0 %;0.0 %", CultureInfo.CurrentCulture)} against 30 days before." : null,
            [.. months.Select(point => point.Value ?? 0)],
            trendText,
            headline.Note);
    }

    private static string Text(ReportHeadline headline, decimal? value) => value is not { } number ? "nothing" : headline.Unit switch
    {
        HeadlineUnit.Money => MoneyFormat.Format(Money.Of(Math.Round(number, headline.Currency.MinorUnitDigits), headline.Currency)),
        HeadlineUnit.Ratio => number.ToString("P1", CultureInfo.CurrentCulture),
        _ => number.ToString("N0", CultureInfo.CurrentCulture),
    };

    private static string Month(HeadlinePoint point) => point.Month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);
}
