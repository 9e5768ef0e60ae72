using BankPortal.Core.Common;

namespace BankPortal.Web.Components.Charts;

/// <summary>The vertical axis and the unit of all values.</summary>
public sealed class YAxis
{
    /// <summary>The name of what it measures.</summary>
    public string? Title { get; set; }

    /// <summary>The unit of the values.</summary>
    public ChartUnit Unit { get; set; }

    /// <summary>The currency, where the unit is money.</summary>
    public Currency Currency { get; set; }

    /// <summary>Decimals of plain numbers and percentages; money has its currency's.</summary>
    public int Decimals { get; set; }

    /// <summary>Where the axis begins; by the data if not given.</summary>
    public decimal? Min { get; set; }

    /// <summary>Where the axis ends; by the data if not given.</summary>
    public decimal? Max { get; set; }
}
