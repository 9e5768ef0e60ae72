namespace BankPortal.Web.Components.Charts;

/// <summary>The legend.</summary>
public sealed class Legend
{
    /// <summary>Whether it is shown; by default when there is more than one series or slice.</summary>
    public bool? Show { get; set; }

    public LegendPosition Position { get; set; }
}
