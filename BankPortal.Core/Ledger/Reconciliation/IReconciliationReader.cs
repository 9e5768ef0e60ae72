namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>
/// Reads the ledger in small parts for the reconciliation in the background; no customer request uses it. Reads are strongly
/// consistent unless stated otherwise. A row that cannot be read is returned as <see langword="null"/>; the read goes on.
/// </summary>
public interface IReconciliationReader
{
    /// <summary>The next accounts in the order of the store. One round trip.</summary>
    Task<AccountPage> NextAccountsAsync(string? after, int limit, CancellationToken ct = default);

    /// <summary>Transfers by id; those that do not exist are left out. One round trip for each hundred.</summary>
    Task<IReadOnlyDictionary<string, Transfer?>> FindTransfersAsync(
        IReadOnlyCollection<string> transferIds,
        CancellationToken ct = default
    );

    /// <summary>
    /// The entries of posted transfers on the bank's own accounts, by transfer; those that do not exist are left out. One round
    /// trip for each hundred.
    /// </summary>
    Task<IReadOnlyDictionary<string, Entry?>> FindInternalLegsAsync(
        IReadOnlyCollection<Transfer> transfers,
        CancellationToken ct = default
    );

    /// <summary>
    /// All transfers that wait for a decision, from the index, which may lag a moment behind. One round trip for some thousands.
    /// </summary>
    Task<IReadOnlyList<HeldTransfer>> ListHeldAsync(CancellationToken ct = default);
}
