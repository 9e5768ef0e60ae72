namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>A place in an account's chain of entries, and what an entry that follows it must connect to.</summary>
/// <param name="Sequence">The entry's number; 0 before the first.</param>
/// <param name="At">When it was posted.</param>
/// <param name="Balance">The balance after it, in minor units.</param>
/// <param name="Hash">Its hash in hexadecimal; empty before the first.</param>
public sealed record EntryMark(long Sequence, DateTimeOffset At, long Balance, string Hash)
{
    /// <summary>Before the first entry.</summary>
    public static EntryMark Start { get; } = new(0, DateTimeOffset.MinValue, 0, "");

    /// <summary>The place of an entry.</summary>
    public static EntryMark Of(Entry entry) =>
        new(entry.Sequence, entry.PostedAt, entry.BalanceAfter.MinorUnits, Convert.ToHexStringLower(entry.Hash.Span));

    /// <summary>The place an account's row says its last entry has.</summary>
    public static EntryMark Of(Account account) =>
        account.Sequence == 0 && account.LastEntryAt is null
            ? Start with
            {
                Balance = account.Balance.MinorUnits,
                Hash = Convert.ToHexStringLower(account.LastHash.Span),
            }
            : new(
                account.Sequence,
                account.LastEntryAt ?? DateTimeOffset.MinValue,
                account.Balance.MinorUnits,
                Convert.ToHexStringLower(account.LastHash.Span)
            );
}
