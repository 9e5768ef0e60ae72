namespace BankPortal.Web.Components.Charts;

/// <summary>Where the legend stands.</summary>
public enum LegendPosition
{
    Top,
    Bottom,
    Right,
}
