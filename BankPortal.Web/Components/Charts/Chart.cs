namespace BankPortal.Web.Components.Charts;

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
