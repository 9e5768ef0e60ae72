using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Core.Ledger.Posting;

/// <summary>Keeps transfers, account rows and entries. Every read is strongly consistent, except for the list of what is held.</summary>
public interface ILedgerStore
{
    /// <summary>Reads a transfer's row and some accounts' rows together. One round trip.</summary>
    Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default);

    /// <summary>Reads several transfers' rows and accounts' rows together, a hundred at the most. One round trip.</summary>
    Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds, IReadOnlyCollection<string> accountIds, CancellationToken ct = default);

    /// <summary>Writes a step of one or more transfers, all or nothing. One round trip.</summary>
    /// <exception cref="LedgerUnavailableException">
    /// No answer came, or the store is throttling: it may or may not be written. Reading the transfer tells.
    /// </exception>
    Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default);

    /// <summary>The transfer, or <see langword="null"/>. One round trip.</summary>
    Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default);

    /// <summary>
    /// A stretch of an account's entries, in order. One round trip for up to about a thousand entries; its cost depends on
    /// what it returns, not on the length of the history.
    /// </summary>
    Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default);

    /// <summary>One entry of an account, or <see langword="null"/>. One round trip.</summary>
    Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default);

    /// <summary>
    /// A stretch of the transfers that wait for a decision, oldest first. One round trip. From an index that follows a moment
    /// later: one just held may be missing, one just settled may still be there. Settling looks at the row itself.
    /// </summary>
    Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default);
}
