using System.Collections.Immutable;
using BankPortal.Core.Accounts;

namespace BankPortal.Core.Ledger;

/// <summary>Everything that one step of a transfer writes: all of it, or nothing.</summary>
/// <param name="Transfer">The transfer's row after the step.</param>
/// <param name="ExpectedStatus">
/// The status the row must have now; <see langword="null"/> when the row must not exist yet, which is the idempotency guard.
/// </param>
/// <param name="Accounts">The customer accounts' rows after the step; each must still have the version before it.</param>
/// <param name="Entries">The entries to append: none when funds are only reserved or set free.</param>
public sealed record LedgerCommit(
    Transfer Transfer,
    TransferStatus? ExpectedStatus,
    ImmutableArray<Account> Accounts,
    ImmutableArray<Entry> Entries);
