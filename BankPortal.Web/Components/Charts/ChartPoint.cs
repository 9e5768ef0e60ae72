namespace BankPortal.Web.Components.Charts;

/// <summary>One point: the place on the horizontal axis (text, number, day or instant) and the value; null is a gap.</summary>
public readonly record struct ChartPoint(object X, decimal? Y);
