namespace BankPortal.Core.Accounts;

/// <summary>A debit of the last hour.</summary>
/// <param name="At">When it was posted, to the millisecond.</param>
/// <param name="Amount">In minor units, positive.</param>
/// <param name="Party">The account that was credited, as <see cref="PartyMark.Of"/> marks it.</param>
public readonly record struct RecentDebit(DateTimeOffset At, long Amount, uint Party);
