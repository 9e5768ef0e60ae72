namespace BankPortal.Web.Components.Charts;

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
