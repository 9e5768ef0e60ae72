namespace BankPortal.Core.Ledger.Verification;

/// <summary>
/// Reads the whole of the books, for checking them. Costs as much as there is; nothing on the way of a customer uses it.
/// </summary>
public interface ILedgerAudit
{
    /// <summary>Every customer account.</summary>
    IAsyncEnumerable<Account> AccountsAsync(CancellationToken ct = default);

    /// <summary>Every transfer.</summary>
    IAsyncEnumerable<Transfer> TransfersAsync(CancellationToken ct = default);

    /// <summary>Every entry, those of one account together and in order of time and number; internal accounts by shard.</summary>
    IAsyncEnumerable<Entry> EntriesAsync(CancellationToken ct = default);
}
