namespace BankPortal.Core.Accounts;

/// <summary>A debit of the last few minutes.</summary>
/// <param name="At">When it was posted.</param>
/// <param name="Amount">In minor units, positive.</param>
/// <param name="Counterparty">The account that was credited.</param>
public readonly record struct RecentDebit(DateTimeOffset At, long Amount, string Counterparty);
