namespace BankPortal.Web.Components.Charts;

/// <summary>A series as it is drawn: its name, its kind and its points in order.</summary>
public sealed record ChartSeries(string Name, SeriesType Type, ImmutableArray<ChartPoint> Points);

/// <summary>One point: the place on the horizontal axis (text, number, day or instant) and the value; null is a gap.</summary>
public readonly record struct ChartPoint(object X, decimal? Y)
{
    /// <summary>The address of what is behind the point, within the portal; <see langword="null"/> when it leads nowhere.</summary>
    public string? Link { get; init; }
}
