namespace BankPortal.Core.Ledger.Posting;

/// <summary>Everything that one step of a transfer, or of several transfers together, writes. All of it is written, or nothing.</summary>
/// <param name="Transfers">The transfers' rows after the step, each with the state it must be in now.</param>
/// <param name="Accounts">The customer accounts' rows after the step; each must still have the version before it.</param>
/// <param name="Entries">The entries to append: none when funds are only reserved or set free.</param>
public sealed record LedgerCommit(ImmutableArray<TransferChange> Transfers, ImmutableArray<Account> Accounts, ImmutableArray<Entry> Entries)
{
    /// <summary>The step of one transfer.</summary>
    public LedgerCommit(Transfer transfer, TransferStatus? expectedStatus, ImmutableArray<Account> accounts, ImmutableArray<Entry> entries)
        : this([new TransferChange(transfer, expectedStatus)], accounts, entries)
    {
    }

    /// <summary>The row of the first transfer: the only one unless steps were put together.</summary>
    public Transfer Transfer => Transfers[0].Transfer;

    /// <summary>The state the first transfer's row must be in.</summary>
    public TransferStatus? ExpectedStatus => Transfers[0].ExpectedStatus;

    /// <summary>How many rows it writes.</summary>
    public int WriteCount => Transfers.Length + Accounts.Length + Entries.Length;
}

/// <summary>
/// One transfer's row in a commit. A row that exists must not have been reversed; of one that is posted, only
/// <see cref="Transfer.ReversedById"/> is written.
/// </summary>
/// <param name="Transfer">The row after the step.</param>
/// <param name="ExpectedStatus">
/// The status the row must have now; <see langword="null"/> when the row must not exist yet, which is the idempotency guard.
/// </param>
public sealed record TransferChange(Transfer Transfer, TransferStatus? ExpectedStatus);

/// <summary>The outcome of a commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>All of it is written.</summary>
    public sealed record Committed : CommitOutcome;

    /// <summary>Nothing is written: the transfer's row is not in the expected state but in this one.</summary>
    /// <param name="Current">The row as it is.</param>
    public sealed record TransferDiffers(Transfer Current) : CommitOutcome;

    /// <summary>Nothing is written: an account has changed since it was read. Read again and retry.</summary>
    public sealed record Stale : CommitOutcome;
}
