namespace BankPortal.Core.Accounts;

/// <summary>Settings for opening accounts.</summary>
public sealed class AccountOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Accounts";

    /// <summary>The currency accounts are opened in (ISO 4217).</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>The most accounts one customer may have, closed ones included.</summary>
    public int MaxPerCustomer { get; set; } = 20;
}
