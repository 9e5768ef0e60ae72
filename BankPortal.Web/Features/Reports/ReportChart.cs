using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Web.Components.Charts;

namespace BankPortal.Web.Features.Reports;

/// <summary>What the chart of a report draws: the first measure by the first break-down, at most five series.</summary>
internal sealed class ReportChart
{
    private const int MostSeries = 5;
    private const int MostBars = 60;

    private ReportChart(ReportResult result, ImmutableArray<Series> all, int left)
    {
        var definition = result.Definition;
        All = all;
        LeftOut = left;
        IsByTime = ReportVocabulary.IsTime(definition.By[0]);
        Type = IsByTime || definition.By[0] == ReportDimension.Cohort ? SeriesType.Line : SeriesType.Bar;
        if (Type == SeriesType.Line && all.Max(series => series.Points.Length) < 3)
        {
            Type = SeriesType.Bar;
        }

        Options = new ApexChartOptions
        {
            Chart = new Chart { Height = 320 },
            Xaxis = new XAxis
            {
                Type = definition.By[0] == ReportDimension.Day ? XAxisType.Datetime : XAxisType.Category,
                Title = ReportVocabulary.Title(definition.By[0]),
            },
            Yaxis = new YAxis
            {
                Title = ReportVocabulary.Title(definition.Measures[0]),
                Unit = ReportText.Unit(definition.Measures[0]),
                Currency = definition.Currency,
                Decimals = ReportVocabulary.IsRatio(definition.Measures[0]) ? 1 : 0,
            },
        };
        Title = $"{ReportVocabulary.Title(definition.Measures[0])} by {ReportText.Lower(ReportVocabulary.Title(definition.By[0]))}";
        var largest = all.SelectMany(series => series.Points.Select(point => (series.Name, point)))
            .Where(point => point.point.Value is not null)
            .OrderByDescending(point => point.point.Value)
            .FirstOrDefault();
        Summary = largest.point is null
            ? $"{Title}: there is nothing to show."
            : $"{Title}. The largest value is {ReportText.Value(definition, definition.Measures[0], largest.point.Value)} for {largest.point.Label}"
                + (all.Length > 1 ? $", {largest.Name}." : ".");
    }

    /// <summary>The series, the largest first where some are left out.</summary>
    public ImmutableArray<Series> All { get; }

    /// <summary>How many series are not drawn.</summary>
    public int LeftOut { get; }

    /// <summary>Whether the axis is time.</summary>
    public bool IsByTime { get; }

    public SeriesType Type { get; }

    public ApexChartOptions Options { get; }

    public string Title { get; }

    /// <summary>What the chart says, in one sentence.</summary>
    public string Summary { get; }

    /// <summary>The chart of a result; <see langword="null"/> where there is nothing to draw.</summary>
    public static ReportChart? Of(ReportResult result)
    {
        var definition = result.Definition;
        if (definition.By.IsEmpty || result.Lines.Length < 1)
        {
            return null;
        }

        var x = definition.By[0];
        var series = (definition.Pivot, definition.By.Length) switch
        {
            ({ } pivot, 1) => result.Columns.Select((column, i) => new Series(
                ReportVocabulary.Label(pivot, column),
                [.. result.Lines.Select(line => Point(line, i, line.Keys.Add(column)))])),
            (null, 1) =>
            [
                new Series(ReportVocabulary.Title(definition.Measures[0]), [.. result.Lines.Select(line => Point(line, 0, line.Keys))]),
            ],
            _ => result.Lines.GroupBy(line => line.Keys[1], StringComparer.Ordinal).Select(lines => new Series(
                ReportVocabulary.Label(definition.By[1], lines.Key),
                [.. lines.Select(line => Point(line, 0, line.Keys))])),
        };
        ImmutableArray<Series> all = [.. series];
        if (all.IsEmpty)
        {
            return null;
        }

        ImmutableArray<Series> drawn = all.Length <= MostSeries
            ? all
            : [.. all.OrderByDescending(one => one.Points.Sum(point => Math.Abs(point.Value ?? 0))).Take(MostSeries)];
        if (!ReportVocabulary.IsTime(x) && drawn.Max(one => one.Points.Length) > MostBars)
        {
            drawn = [.. drawn.Select(one => one with { Points = [.. one.Points.OrderByDescending(point => point.Value).Take(MostBars)] })];
        }

        return new ReportChart(result, drawn, all.Length - drawn.Length);

        Point Point(ReportLine line, int cell, ImmutableArray<string> keys) => new(
            x == ReportDimension.Day ? ReportTime.DaysOf(x, line.Keys[0])!.Value.From : ReportVocabulary.Label(x, line.Keys[0]),
            ReportVocabulary.Label(x, line.Keys[0]),
            line.Cells[cell]?.Values[0],
            definition.By.Length == 1 || definition.Pivot is null ? ReportText.Rows(result, keys) : null);
    }

    /// <summary>One line or row of bars.</summary>
    internal sealed record Series(string Name, ImmutableArray<Point> Points);

    /// <summary>A point with the address of what is behind it.</summary>
    internal sealed record Point(object X, string Label, decimal? Value, string? Link);
}
