using BankPortal.Web.Components.Charts;

namespace BankPortal.Tests.Components;

/// <summary>What is sent when a chart's window moves on.</summary>
[UnitTest]
public sealed class ChartChangeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Between_WindowMovedOn_SaysWhatFellOutAndWhatIsNew()
    {
        var change = ChartChange.Between([Series(0, 1, 2, 3)], [Series(1, 2, 9, 4)])!;

        Assert.Equal((1, 1), (change.Dropped, change.Kept));
        Assert.Equal([9m, 4m], change.Tails.Single().Points.Select(p => p.Y!.Value));
    }

    [Fact]
    public void Between_OnlyTheLastIsOther_SaysOnlyThat()
    {
        var before = Series(0, [.. Enumerable.Repeat(1, 90)]);
        var change = ChartChange.Between(
            [before],
            [before with { Points = before.Points.SetItem(89, new ChartPoint(before.Points[89].X, 7)) }]
        )!;

        Assert.Equal((0, 89, 1), (change.Dropped, change.Kept, change.Tails.Single().Points.Length));
        Assert.Equal(
            """{"dropped":0,"kept":89,"tails":[[{"x":1772464490000,"y":7}]]}""",
            change.ToJson(new ApexChartOptions { Xaxis = { Type = XAxisType.Datetime } }, TimeZoneInfo.Utc).ToJsonString());
    }

    [Fact]
    public void Between_Same_IsNothing() =>
        Assert.True(ChartChange.Between([Series(0, 1, 2)], [Series(0, 1, 2)])!.IsNothing);

    [Fact]
    public void Between_SeveralSeries_TellsAllFromTheFirstPlaceWhereOneDiffers()
    {
        var change = ChartChange.Between([Series(0, 1, 1, 1), Series(0, 5, 5, 5)], [Series(0, 1, 1, 1), Series(0, 5, 6, 5)])!;

        Assert.Equal((0, 1), (change.Dropped, change.Kept));
        Assert.All(change.Tails, tail => Assert.Equal(2, tail.Points.Length));
    }

    [Fact]
    public void Between_NothingInCommon_AsksForAllAnew()
    {
        Assert.Null(ChartChange.Between([Series(0, 1, 2)], [Series(5, 1, 2)]));
        Assert.Null(ChartChange.Between([Series(0, 1, 2)], [Series(0, 1, 2), Series(0, 1, 2)]));
        Assert.Null(ChartChange.Between([Series(0, 1, 2)], [Series(0, 1)]));
        Assert.Null(ChartChange.Between([Series(0, 1, 2)], [Series(0, 7, 2)]));
        Assert.Null(ChartChange.Between([], []));
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public void Between_AnyTwoWindows_AppliedToTheFirstGivesTheSecond(int seed)
    {
        var random = new Random(seed);
        var before = new List<ChartSeries> { Series(0, 1, 2, 3), Series(0, 4, 5, 6) };
        for (var i = 0; i < 200; i++)
        {
            var (from, length) = (random.Next(0, 3), random.Next(1, 8));
            var first = (int)((DateTimeOffset)before[0].Points[0].X - Start).TotalSeconds / 10;
            var after = before.Select(_ => Series(first + from, [.. Enumerable.Range(0, length).Select(_ => random.Next(0, 3))])).ToList();
            if (ChartChange.Between(before, after) is { } change)
            {
                // As the script does it.
                var drawn = before.Select(
                    (series, n) => series.Points.Skip(change.Dropped).Take(change.Kept).Concat(change.Tails[n].Points)
                );
                Assert.Equal(after.Select(series => series.Points.AsEnumerable()), drawn);
            }

            before = after;
        }
    }

    private static ChartSeries Series(int first, params int[] values) =>
        new("Name", SeriesType.Line, [.. values.Select((y, i) => new ChartPoint(Start.AddSeconds(10 * (first + i)), y))]);
}
