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
