namespace BankPortal.Tests.Tiers;

/// <summary>Needs Chromium.</summary>
public sealed class BrowserTestAttribute() : TierAttribute("Browser");
