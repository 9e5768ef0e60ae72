namespace BankPortal.Core.Ledger.Verification;

/// <summary>
/// Reads the whole ledger, for verifying it. The cost grows with the number of rows; no customer request uses it.
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
