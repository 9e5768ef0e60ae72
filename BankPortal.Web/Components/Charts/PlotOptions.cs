namespace BankPortal.Web.Components.Charts;

/// <summary>Options of single kinds of series.</summary>
public sealed class PlotOptions
{
    public PlotOptionsBar Bar { get; set; } = new();
}
