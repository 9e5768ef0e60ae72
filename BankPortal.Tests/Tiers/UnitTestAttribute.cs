namespace BankPortal.Tests.Tiers;

/// <summary>Needs nothing outside the test process: code, components and in-memory stores. The whole tier runs in under a minute.</summary>
public sealed class UnitTestAttribute() : TierAttribute("Unit");
