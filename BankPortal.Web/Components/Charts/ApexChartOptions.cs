namespace BankPortal.Web.Components.Charts;

/// <summary>
/// The options of a chart: a typed subset of ApexCharts' own, with the same names. Colours, fonts, number and date
/// formats are not options: they come from the theme and from the reader's culture.
/// </summary>
public sealed class ApexChartOptions
{
    public Chart Chart { get; set; } = new();

    public XAxis Xaxis { get; set; } = new();

    public YAxis Yaxis { get; set; } = new();

    public Stroke Stroke { get; set; } = new();

    public Legend Legend { get; set; } = new();

    public PlotOptions PlotOptions { get; set; } = new();
}

/// <summary>Options of single kinds of series.</summary>
public sealed class PlotOptions
{
    public PlotOptionsBar Bar { get; set; } = new();
}

/// <summary>Options of bars.</summary>
public sealed class PlotOptionsBar
{
    /// <summary>Bars that lie, for names that are long.</summary>
    public bool Horizontal { get; set; }

    /// <summary>Width of a bar in percent of the space it has.</summary>
    public int ColumnWidth { get; set; } = 60;
}

/// <summary>The lines.</summary>
public sealed class Stroke
{
    public Curve Curve { get; set; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; set; } = 2;
}

/// <summary>The horizontal axis.</summary>
public sealed class XAxis
{
    /// <summary>What it counts. Days and instants need <see cref="XAxisType.Datetime"/>.</summary>
    public XAxisType Type { get; set; }

    /// <summary>The name of what it counts; also heads the first column of the table.</summary>
    public string? Title { get; set; }

    /// <summary>Whether points are less than a minute apart, so that seconds matter.</summary>
    public bool Seconds { get; set; }
}

/// <summary>What the horizontal axis counts.</summary>
public enum XAxisType
{
    Category,
    Datetime,
    Numeric,
}

/// <summary>The vertical axis and the unit of all values.</summary>
public sealed class YAxis
{
    /// <summary>The name of what it measures.</summary>
    public string? Title { get; set; }

    /// <summary>The unit of the values.</summary>
    public ChartUnit Unit { get; set; }

    /// <summary>The currency, where the unit is money.</summary>
    public Currency Currency { get; set; }

    /// <summary>Decimals of plain numbers and percentages; money has its currency's.</summary>
    public int Decimals { get; set; }

    /// <summary>Where the axis begins; by the data if not given.</summary>
    public decimal? Min { get; set; }

    /// <summary>Where the axis ends; by the data if not given.</summary>
    public decimal? Max { get; set; }
}

/// <summary>The legend.</summary>
public sealed class Legend
{
    /// <summary>Whether it is shown; by default when there is more than one series or slice.</summary>
    public bool? Show { get; set; }

    public LegendPosition Position { get; set; }
}

/// <summary>Where the legend stands.</summary>
public enum LegendPosition
{
    Top,
    Bottom,
    Right,
}

/// <summary>How the points of a line are joined.</summary>
public enum Curve
{
    Straight,

    /// <summary>Rounded without overshooting the points.</summary>
    MonotoneCubic,

    /// <summary>In steps: right for balances, which change at a moment and not gradually.</summary>
    Stepline,
}

/// <summary>The drawing as a whole.</summary>
public sealed class Chart
{
    /// <summary>Height in pixels. The width follows the page.</summary>
    public int Height { get; set; } = 300;

    /// <summary>Bars or areas on top of each other instead of side by side.</summary>
    public bool Stacked { get; set; }

    /// <summary>The bare line without axes, for a figure's tile.</summary>
    public bool Sparkline { get; set; }
}
