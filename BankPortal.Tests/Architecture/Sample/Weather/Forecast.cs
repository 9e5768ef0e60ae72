namespace BankPortal.Tests.Architecture.Sample.Weather;

/// <summary>Stands in a module that the portal does not have.</summary>
internal sealed class Forecast;
