namespace BankPortal.Web.Components.Charts;

/// <summary>What the horizontal axis counts.</summary>
public enum XAxisType
{
    Category,
    Datetime,
    Numeric,
}
