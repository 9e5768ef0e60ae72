namespace BankPortal.Core.Ledger.Posting;

/// <summary>
/// One leg of a posted transfer in one account: append-only, never changed or deleted. Entries of a customer account
/// have contiguous numbers and carry the running balance; each is chained to the one before by <see cref="Hash"/>.
/// </summary>
public sealed record Entry
{
    /// <summary>The account, or for the bank's own accounts the shard (<see cref="GeneralLedger.ShardOf"/>).</summary>
    public required string AccountId { get; init; }

    /// <summary>The entry's number in its account, from 1; 0 on internal accounts, which are not numbered.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was posted; never before the entry that precedes it in a customer account.</summary>
    public required DateTimeOffset PostedAt { get; init; }

    /// <summary>Signed: positive for a credit to the account, negative for a debit.</summary>
    public required Money Amount { get; init; }

    /// <summary>The account's balance after this entry; zero on internal accounts, which keep no running balance.</summary>
    public required Money BalanceAfter { get; init; }

    /// <summary>The transfer it is a leg of.</summary>
    public required string TransferId { get; init; }

    /// <summary>Why the money moved.</summary>
    public required TransferKind Kind { get; init; }

    /// <summary>What the person wrote; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Who is on the other side, as the account's owner may see it.</summary>
    public required string Counterparty { get; init; }

    /// <summary>
    /// Whether both sides belong to the same owner, so that the money only changed pockets: neither income nor spending.
    /// </summary>
    public bool IsOwnTransfer { get; init; }

    /// <summary>The hash of the entry before it in the account; empty for the first and on internal accounts.</summary>
    public ReadOnlyMemory<byte> PreviousHash { get; init; }

    /// <summary>The hash over this entry and <see cref="PreviousHash"/> by <see cref="EntryHash"/>.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }

    /// <summary>Its place among the account's entries.</summary>
    public EntryPosition Position => new(PostedAt, Sequence);
}

/// <summary>Which way money moved, seen from the account.</summary>
public enum EntryDirection
{
    /// <summary>Into the account: a credit.</summary>
    In,

    /// <summary>Out of the account: a debit.</summary>
    Out,
}
