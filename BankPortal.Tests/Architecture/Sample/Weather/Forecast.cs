namespace BankPortal.Tests.Architecture.Sample.Weather;

/// <summary>Lives in a room that the house does not have.</summary>
internal sealed class Forecast;
