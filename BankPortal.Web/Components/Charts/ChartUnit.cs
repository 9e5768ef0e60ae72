namespace BankPortal.Web.Components.Charts;

/// <summary>What the values of a chart are, for axis, tooltip and table.</summary>
public enum ChartUnit
{
    Number,

    /// <summary>Amounts in major units of <see cref="YAxis.Currency"/>.</summary>
    Money,

    /// <summary>Shares of one: 0.25 is shown as 25 %.</summary>
    Percent,
}
