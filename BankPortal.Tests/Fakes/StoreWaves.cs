namespace BankPortal.Tests.Fakes;

/// <summary>
/// Holds every call to the stores until nothing else can go on, and then answers all of them at once: a wave. How many
/// waves there are is how often the work waited for the stores one after another, whatever the machine is doing.
/// </summary>
public sealed class StoreWaves(InMemoryLedger inner, IAccountDayStore days) : IAccountStore, ILedgerStore, IAccountDayStore
{
    private readonly List<(string Name, Action Answer)> _waiting = [];

    /// <summary>The calls of each wave, by name.</summary>
    public List<IReadOnlyList<string>> Waves { get; } = [];

    public int MaxRows => days.MaxRows;

    /// <summary>Does the work, wave by wave, on this thread.</summary>
    public T Run<T>(Func<Task<T>> start)
    {
        // Without a context what waited goes on at once, inside the answer.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var work = start();
            while (!work.IsCompleted)
            {
                var wave = _waiting.ToList();
                if (wave.Count == 0)
                {
                    throw new InvalidOperationException("The work waits for something that is no store.");
                }

                _waiting.Clear();
                Waves.Add([.. wave.Select(call => call.Name).Order(StringComparer.Ordinal)]);
                wave.ForEach(call => call.Answer());
            }

            return work.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public Task<Account?> FindAsync(string accountId, CancellationToken ct = default) => Hold("Find", () => inner.FindAsync(accountId, ct));

    public Task<Account?> FindByNumberAsync(AccountNumber number, CancellationToken ct = default) =>
        Hold("FindByNumber", () => inner.FindByNumberAsync(number, ct));

    public Task<IReadOnlyList<Account>> ListByOwnerAsync(string ownerId, CancellationToken ct = default) =>
        Hold("ListByOwner", () => inner.ListByOwnerAsync(ownerId, ct));

    public Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, CancellationToken ct = default) =>
        Hold("Open", () => inner.TryOpenAsync(account, maxPerOwner, ct));

    public Task<bool> TryUpdateAsync(Account account, long expectedVersion, CancellationToken ct = default) =>
        Hold("Update", () => inner.TryUpdateAsync(account, expectedVersion, ct));

    public Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
        Hold("Read", () => inner.ReadAsync(transferId, accountIds, ct));

    public Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds,
        IReadOnlyCollection<string> accountIds,
        CancellationToken ct = default
    ) => Hold("ReadMany", () => inner.ReadManyAsync(transferIds, accountIds, ct));

    public Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default) =>
        Hold("Commit", () => inner.CommitAsync(commit, ct));

    public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) =>
        Hold("FindTransfer", () => inner.FindTransferAsync(transferId, ct));

    public Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default) =>
        Hold("ReadEntries", () => inner.ReadEntriesAsync(query, ct));

    public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) =>
        Hold("ListHeld", () => inner.ListHeldAsync(query, ct));

    public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
        Hold("FindEntry", () => inner.FindEntryAsync(accountId, position, ct));

    public Task<IReadOnlyList<AccountDay>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default) =>
        Hold("ReadDays", () => days.ReadAsync(accountId, from, ct));

    public Task<bool> TryWriteAsync(AccountDayWrite write, CancellationToken ct = default) =>
        Hold("WriteDays", () => days.TryWriteAsync(write, ct));

    public Task<IReadOnlyDictionary<string, AccountDay>> ReadOpenAsync(
        IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
        Hold("ReadOpenDays", () => days.ReadOpenAsync(accountIds, ct));

    public Task<AccountDay?> FindAsync(string accountId, DateOnly day, CancellationToken ct = default) =>
        Hold("FindDay", () => days.FindAsync(accountId, day, ct));

    private Task<T> Hold<T>(string name, Func<Task<T>> call)
    {
        var held = new TaskCompletionSource<T>();
        _waiting.Add((name, () => held.SetResult(call().GetAwaiter().GetResult())));
        return held.Task;
    }
}
