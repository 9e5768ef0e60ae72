namespace BankPortal.Core.Accounts;

/// <summary>The movements of one account in one clock hour; sums in minor units.</summary>
/// <param name="Hour">The hour's number since 1970, UTC.</param>
/// <param name="Debits">How many debits.</param>
/// <param name="DebitSum">Their sum, not negative.</param>
/// <param name="Credits">How many credits.</param>
/// <param name="CreditSum">Their sum.</param>
/// <param name="HighValue">How many movements, either way, of at least <see cref="AccountActivity.HighValue"/>.</param>
public readonly record struct HourBucket(long Hour, int Debits, long DebitSum, int Credits, long CreditSum, int HighValue);
