namespace BankPortal.Web.Components.Charts;

/// <summary>One series of an <see cref="ApexChart{TItem}"/>: a point for each item.</summary>
/// <typeparam name="TItem">What the points are made of.</typeparam>
public sealed class ApexPointSeries<TItem> : ComponentBase, IChartSeriesSource, IDisposable
{
    [CascadingParameter] internal ApexChart<TItem>? Owner { get; set; }

    /// <summary>The items, in the order in which they are drawn.</summary>
    [Parameter, EditorRequired] public IEnumerable<TItem> Items { get; set; } = [];

    /// <summary>The name in legend, tooltip and table.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Where an item stands: a text, a number, a <see cref="DateOnly"/> or a <see cref="DateTimeOffset"/>.</summary>
    [Parameter, EditorRequired] public Func<TItem, object> XValue { get; set; } = default!;

    /// <summary>The value of an item; null leaves a gap.</summary>
    [Parameter, EditorRequired] public Func<TItem, decimal?> YValue { get; set; } = default!;

    /// <summary>The address of what is behind an item: a click on its point leads there, and so does the table.</summary>
    [Parameter] public Func<TItem, string?>? Link { get; set; }

    /// <summary>How the series is drawn.</summary>
    [Parameter] public SeriesType SeriesType { get; set; }

    ChartSeries IChartSeriesSource.Read() =>
        new(Name, SeriesType, [.. Items.Select(item => new ChartPoint(XValue(item), YValue(item)) { Link = Link?.Invoke(item) })]);

    public void Dispose() => Owner?.Remove(this);

    protected override void OnInitialized()
    {
        if (Owner is null)
        {
            throw new InvalidOperationException("An ApexPointSeries stands inside an ApexChart.");
        }

        Owner.Add(this);
    }

    protected override void OnParametersSet() => Owner?.SeriesChanged();
}
