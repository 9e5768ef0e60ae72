namespace BankPortal.Web.Components.Charts;

/// <summary>How a series is drawn. Donut stands alone; the others may be mixed.</summary>
public enum SeriesType
{
    Line,
    Area,
    Bar,
    Donut,
}
