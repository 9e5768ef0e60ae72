using BankPortal.Core.Ledger.Holds;

namespace BankPortal.Bench;

/// <summary>Passes everything on and counts the commits, those that came to nothing included, and the transfers in them.</summary>
internal sealed class CountingStore(ILedgerStore inner) : ILedgerStore
{
    private int _commits;
    private int _tries;

    /// <summary>How many commits were tried.</summary>
    public int Commits => Volatile.Read(ref _commits);

    /// <summary>How often a transfer was in one of them.</summary>
    public int Tries => Volatile.Read(ref _tries);

    public void Reset()
    {
        Volatile.Write(ref _commits, 0);
        Volatile.Write(ref _tries, 0);
    }

    public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
        inner.ReadAsync(transferId, accountIds, ct);

    public Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds,
        IReadOnlyCollection<string> accountIds,
        CancellationToken ct = default
    ) => inner.ReadManyAsync(transferIds, accountIds, ct);

    public Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _tries, commit.Transfers.Length);
        return inner.CommitAsync(commit, ct);
    }

    public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) => inner.FindTransferAsync(transferId, ct);

    public Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default) =>
        inner.ReadEntriesAsync(query, ct);

    public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
        inner.FindEntryAsync(accountId, position, ct);

    public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) => inner.ListHeldAsync(query, ct);
}
