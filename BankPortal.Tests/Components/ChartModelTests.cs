using BankPortal.Web.Components.Charts;

namespace BankPortal.Tests.Components;

[UnitTest]
public sealed class ChartModelTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void Build_MoreSeriesThanCanBeDistinguished_Throws()
    {
        var series = Enumerable.Range(0, 6).Select(i => Series($"s{i}", SeriesType.Line, ("a", 1))).ToArray();

        var refusal = Assert.Throws<InvalidOperationException>(() =>
            ChartModel.Build(new ApexChartOptions(), series, TimeZoneInfo.Utc, English)
        );

        Assert.Contains("at most 5 series", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_DonutBesideAnother_Throws() =>
        Assert.Throws<InvalidOperationException>(() =>
            ChartModel.Build(
                new ApexChartOptions(),
                [Series("a", SeriesType.Donut, ("x", 1)), Series("b", SeriesType.Line, ("x", 1))],
                TimeZoneInfo.Utc,
                English
            )
        );

    [Fact]
    public void Build_LinesBesideBars_SaysTheKindOfEach()
    {
        var model = ChartModel.Build(
            new ApexChartOptions(),
            [Series("In", SeriesType.Bar, ("May", 1)), Series("Net", SeriesType.Line, ("May", 2))],
            TimeZoneInfo.Utc,
            English
        );

        Assert.Equal("line", model["options"]!["chart"]!["type"]!.GetValue<string>());
        Assert.Equal("bar", model["series"]![0]!["type"]!.GetValue<string>());
        Assert.Equal("[0,2]", model["options"]!["stroke"]!["width"]!.ToJsonString());
    }

    [Fact]
    public void Build_FiveLines_DifferInTheirDashes()
    {
        var series = Enumerable.Range(0, 5).Select(i => Series($"s{i}", SeriesType.Line, ("a", i))).ToArray();

        var dashes = ChartModel.Build(new ApexChartOptions(), series, TimeZoneInfo.Utc, English)["options"]!["stroke"]![
            "dashArray"
        ]!.AsArray();

        Assert.Equal(5, dashes.Select(dash => dash!.GetValue<int>()).Distinct().Count());
    }

    [Fact]
    public void Build_OneSeries_HasNoLegend_ButADonutHas()
    {
        Assert.False(Legend(Series("a", SeriesType.Area, ("x", 1))));
        Assert.True(Legend(Series("a", SeriesType.Donut, ("x", 1))));

        static bool Legend(ChartSeries series) =>
            ChartModel.Build(new ApexChartOptions(), [series], TimeZoneInfo.Utc, English)["options"]!["legend"]!["show"]!.GetValue<bool>();
    }

    [Fact]
    public void Build_Instants_StandAtTheReadersClock()
    {
        var options = new ApexChartOptions { Xaxis = { Type = XAxisType.Datetime } };
        var instant = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.Zero);
        var series = new ChartSeries("a", SeriesType.Line, [new ChartPoint(instant, 1)]);

        var model = ChartModel.Build(options, [series], TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), English);

        Assert.Equal(instant.AddHours(1).ToUnixTimeMilliseconds(), model["series"]![0]!["data"]![0]!["x"]!.GetValue<long>());
    }

    [Fact]
    public void Slices_MoreThanFive_SumsUpTheSmallest()
    {
        var slices = ChartModel.Slices([.. new[] { 5, 1, 9, 2, 7, 3, 0 }.Select((value, i) => new ChartPoint($"k{i}", value))]);

        Assert.Equal(
            [("k2", 9m), ("k4", 7m), ("k0", 5m), ("k5", 3m), ("Other", 3m)],
            slices.Select(slice => ((string)slice.X, slice.Y!.Value))
        );
    }

    [Fact]
    public void ChartTable_SeriesWithDifferentPlaces_HasARowForEachInOrder()
    {
        var options = new ApexChartOptions { Xaxis = { Type = XAxisType.Datetime }, Yaxis = { Unit = ChartUnit.Percent, Decimals = 1 } };
        ChartSeries[] series =
        [
            new("A", SeriesType.Line, [new ChartPoint(new DateOnly(2026, 1, 2), 0.25m)]),
            new("B", SeriesType.Line, [new ChartPoint(new DateOnly(2026, 1, 1), 0.5m), new ChartPoint(new DateOnly(2026, 1, 2), null)]),
        ];

        var table = ChartTable.Of(options, series, TimeZoneInfo.Utc, English);

        Assert.Equal(["Jan 1, 2026", "Jan 2, 2026"], table.Rows.Select(row => row.Label));
        Assert.Equal(["–", "50.0%"], table.Rows[0].Cells);
        Assert.Equal(["25.0%", "–"], table.Rows[1].Cells);
    }

    [Fact]
    public void Build_PointsThatLeadSomewhere_HasTheirLinksInOrder()
    {
        ChartPoint[] points = [.. Enumerable.Range(1, 6).Select(i => new ChartPoint($"k{i}", i) { Link = $"/k{i}" })];

        var donut = ChartModel.Build(new ApexChartOptions(), [new("a", SeriesType.Donut, [.. points])], TimeZoneInfo.Utc, English);
        var bars = ChartModel.Build(
            new ApexChartOptions(),
            [new("a", SeriesType.Bar, [points[0], points[1]]), new("b", SeriesType.Bar, [new ChartPoint("k1", 3), points[1]])],
            TimeZoneInfo.Utc,
            English);

        // The slice that sums up the smallest leads nowhere.
        Assert.Equal("""[["/k6","/k5","/k4","/k3",null]]""", donut["links"]!.ToJsonString());
        Assert.Equal("""[["/k1","/k2"],[null,"/k2"]]""", bars["links"]!.ToJsonString());
        Assert.Null(ChartModel.Build(new ApexChartOptions(), [Series("a", SeriesType.Bar, ("x", 1))], TimeZoneInfo.Utc, English)["links"]);
    }

    private static ChartSeries Series(string name, SeriesType type, params (string X, int Y)[] points) =>
        new(name, type, points.Select(point => new ChartPoint(point.X, point.Y)).ToImmutableArray());
}
