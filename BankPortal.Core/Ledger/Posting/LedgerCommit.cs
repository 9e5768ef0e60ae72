using System.Collections.Immutable;
using BankPortal.Core.Accounts;
using BankPortal.Core.Ledger.Transfers;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>Everything that one step of a transfer, or of several transfers together, writes: all of it, or nothing.</summary>
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
