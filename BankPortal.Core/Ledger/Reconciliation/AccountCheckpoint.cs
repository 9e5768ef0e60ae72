namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>How far an account's entries have been checked.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Tail">The last entry checked; those after it are new.</param>
/// <param name="Rolling">Where the next check of older entries begins.</param>
/// <param name="Open">The account's open differences.</param>
public sealed record AccountCheckpoint(string AccountId, EntryMark Tail, EntryMark Rolling, ImmutableArray<OpenDifference> Open)
{
    /// <summary>The checkpoint of an account that has never been checked.</summary>
    public static AccountCheckpoint New(string accountId) => new(accountId, EntryMark.Start, EntryMark.Start, []);

    /// <summary>Whether both have the same content.</summary>
    public bool Equals(AccountCheckpoint? other) =>
        other is not null
        && AccountId == other.AccountId
        && Tail == other.Tail
        && Rolling == other.Rolling
        && Open.SequenceEqual(other.Open);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(AccountId, Tail, Rolling, Open.Length);
}
