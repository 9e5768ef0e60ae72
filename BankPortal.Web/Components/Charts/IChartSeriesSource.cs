namespace BankPortal.Web.Components.Charts;

/// <summary>A child of a chart that has a series to show.</summary>
internal interface IChartSeriesSource
{
    /// <summary>The series as it is now.</summary>
    ChartSeries Read();
}
