namespace BankPortal.Web.Components.Charts;

/// <summary>Options of bars.</summary>
public sealed class PlotOptionsBar
{
    /// <summary>Bars that lie, for names that are long.</summary>
    public bool Horizontal { get; set; }

    /// <summary>Width of a bar in percent of its room.</summary>
    public int ColumnWidth { get; set; } = 60;
}
