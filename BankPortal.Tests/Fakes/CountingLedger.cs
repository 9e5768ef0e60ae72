namespace BankPortal.Tests.Fakes;

/// <summary>Passes everything on and notes how entries are read.</summary>
public sealed class CountingLedger(ILedgerStore inner) : ILedgerStore
{
    private readonly Lock _lock = new();

    /// <summary>The queries made.</summary>
    public List<EntryQuery> Queries { get; } = [];

    /// <summary>How many entries they gave.</summary>
    public int EntriesRead { get; private set; }

    public void Reset()
    {
        lock (_lock)
        {
            Queries.Clear();
            EntriesRead = 0;
        }
    }

    public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
        inner.ReadAsync(transferId, accountIds, ct);

    public Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds,
        IReadOnlyCollection<string> accountIds,
        CancellationToken ct = default
    ) => inner.ReadManyAsync(transferIds, accountIds, ct);

    public Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default) => inner.CommitAsync(commit, ct);

    public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) => inner.FindTransferAsync(transferId, ct);

    public async Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default)
    {
        var entries = await inner.ReadEntriesAsync(query, ct);
        lock (_lock)
        {
            Queries.Add(query);
            EntriesRead += entries.Count;
        }

        return entries;
    }

    public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
        inner.FindEntryAsync(accountId, position, ct);

    public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) => inner.ListHeldAsync(query, ct);
}
