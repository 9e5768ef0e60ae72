using BankPortal.Core.Common;

namespace BankPortal.Core.Accounts;

/// <summary>One movement of an account, as the window of its recent past takes it in.</summary>
/// <param name="At">When it is posted.</param>
/// <param name="Amount">Signed: negative for a debit.</param>
/// <param name="Counterparty">The account on the other side.</param>
/// <param name="IsCash">Whether it is cash paid in or taken out.</param>
/// <param name="IsWithCustomer">Whether the other side is another customer's account, not the bank's own and not the same owner's.</param>
public readonly record struct Movement(DateTimeOffset At, Money Amount, string Counterparty, bool IsCash = false, bool IsWithCustomer = false);
