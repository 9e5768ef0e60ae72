namespace BankPortal.Web.Components.Charts;

/// <summary>The lines.</summary>
public sealed class Stroke
{
    public Curve Curve { get; set; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; set; } = 2;
}
