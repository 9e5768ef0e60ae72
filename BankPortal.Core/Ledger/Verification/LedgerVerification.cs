namespace BankPortal.Core.Ledger.Verification;

/// <summary>The result of a verification of the ledger.</summary>
/// <param name="Accounts">How many customer accounts were checked.</param>
/// <param name="Transfers">How many transfers.</param>
/// <param name="Entries">How many entries.</param>
/// <param name="CustomerBalances">What the bank owes its customers, by currency.</param>
/// <param name="Violations">What is wrong, the first <see cref="LedgerVerifier.MaxListed"/> of it.</param>
/// <param name="ViolationCount">How much is wrong in all; at least so much once the list is full.</param>
public sealed record LedgerVerification(
    long Accounts,
    long Transfers,
    long Entries,
    ImmutableArray<Money> CustomerBalances,
    ImmutableArray<LedgerViolation> Violations,
    long ViolationCount)
{
    /// <summary>The most accounts and transfers that were kept in memory at once: none when the ledger is in order.</summary>
    public long RowsKept { get; init; }

    /// <summary>Whether no violation was found.</summary>
    public bool IsClean => ViolationCount == 0;
}

/// <summary>A violation of an invariant of the ledger.</summary>
/// <param name="Invariant">The broken invariant's number, 1 to 7 as in <see cref="LedgerVerifier"/>; 0 for a broken hash chain.</param>
/// <param name="Subject">The id of the account or transfer concerned.</param>
/// <param name="Detail">What is wrong, with the numbers.</param>
public sealed record LedgerViolation(int Invariant, string Subject, string Detail);
