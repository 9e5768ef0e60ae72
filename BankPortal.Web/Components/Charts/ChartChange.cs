using System.Text.Json.Nodes;

namespace BankPortal.Web.Components.Charts;

/// <summary>
/// The change that turns one drawing of a moving window into the next: how many points fell out at the
/// beginning, how many of the rest stay as they are, and the points behind these.
/// </summary>
internal sealed record ChartChange(int Dropped, int Kept, ImmutableArray<ChartSeries> Tails)
{
    public bool IsNothing => Dropped == 0 && Tails.All(tail => tail.Points.IsEmpty);

    /// <summary>The change; <see langword="null"/> when the two have too little in common and everything has to be sent again.</summary>
    public static ChartChange? Between(IReadOnlyList<ChartSeries> before, IReadOnlyList<ChartSeries> after)
    {
        if (before.Count != after.Count || after.Count == 0 || after[0].Points.IsEmpty)
        {
            return null;
        }

        var first = after[0].Points[0].X;
        var dropped = before[0].Points.ToList().FindIndex(point => point.X.Equals(first));
        if (dropped < 0)
        {
            return null;
        }

        var kept = int.MaxValue;
        for (var i = 0; i < after.Count; i++)
        {
            var (old, now) = (before[i], after[i]);
            if (old.Name != now.Name || old.Type != now.Type || old.Type == SeriesType.Donut || old.Points.Length < dropped)
            {
                return null;
            }

            var same = 0;
            while (same < now.Points.Length && dropped + same < old.Points.Length && now.Points[same].Equals(old.Points[dropped + same]))
            {
                same++;
            }

            // A series that became shorter at its end: what is left over has to go.
            if (dropped + now.Points.Length < old.Points.Length)
            {
                return null;
            }

            kept = Math.Min(kept, same);
        }

        return kept == 0
            ? null
            : new ChartChange(dropped, kept, [.. after.Select(series => series with { Points = [.. series.Points.Skip(kept)] })]);
    }

    public JsonObject ToJson(ApexChartOptions options, TimeZoneInfo zone) =>
        new()
        {
            ["dropped"] = Dropped,
            ["kept"] = Kept,
            ["tails"] = new JsonArray([
                .. ((JsonArray)ChartModel.Data(options, Tails, zone)["series"]!).Select(series => series!["data"]!.DeepClone()),
            ]),
        };
}
