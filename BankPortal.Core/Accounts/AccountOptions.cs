namespace BankPortal.Core.Accounts;

/// <summary>Settings for opening accounts.</summary>
public sealed class AccountOptions
{
    /// <summary>The currency new accounts are opened in (ISO 4217 code).</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>The most accounts one customer may have, closed ones included.</summary>
    public int MaxPerCustomer { get; set; } = 20;
}
