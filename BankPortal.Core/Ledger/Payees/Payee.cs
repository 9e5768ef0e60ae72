namespace BankPortal.Core.Ledger.Payees;

/// <summary>Somebody the customer has paid before.</summary>
/// <param name="AccountId">The account that was paid.</param>
/// <param name="Number">Its number.</param>
/// <param name="Name">The name the customer gave.</param>
/// <param name="FirstPaidAt">When it was paid first.</param>
/// <param name="LastPaidAt">When it was paid last.</param>
public sealed record Payee(string AccountId, AccountNumber Number, string Name, DateTimeOffset FirstPaidAt, DateTimeOffset LastPaidAt);
