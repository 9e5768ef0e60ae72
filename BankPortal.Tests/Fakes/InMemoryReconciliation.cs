namespace BankPortal.Tests.Fakes;

/// <summary>The result of the reconciliation, as a test sets it.</summary>
internal sealed class InMemoryReconciliation : IReconciliationStore
{
    public ReconciliationState State { get; set; } = new();

    public List<Difference> Open { get; } = [];

    public List<Difference> Gone { get; } = [];

    /// <summary>Makes every call fail, as if the database were away.</summary>
    public bool Away { get; set; }

    /// <summary>How often the state was read.</summary>
    public int Reads { get; private set; }

    public Task<ReconciliationState> ReadStateAsync(CancellationToken ct = default)
    {
        Reads++;
        return Away ? throw new InvalidOperationException("The store is away.") : Task.FromResult(State);
    }

    public Task<bool> TrySaveStateAsync(ReconciliationState state, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, AccountCheckpoint>> ReadCheckpointsAsync(
        IReadOnlyCollection<string> accountIds,
        CancellationToken ct = default
    ) => throw new NotSupportedException();

    public Task SaveCheckpointsAsync(IReadOnlyCollection<AccountCheckpoint> checkpoints, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public Task<bool> RecordAsync(Difference difference, CancellationToken ct = default) => throw new NotSupportedException();

    public Task CloseAsync(string differenceId, DateTimeOffset at, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<int> CountOpenAsync(CancellationToken ct = default) => Task.FromResult(Open.Count);

    public Task<ImmutableArray<Difference>> ListOpenAsync(int limit, CancellationToken ct = default) =>
        Task.FromResult<ImmutableArray<Difference>>([.. Open.Take(limit)]);

    public Task<ImmutableArray<Difference>> ListGoneAsync(int limit, CancellationToken ct = default) =>
        Task.FromResult<ImmutableArray<Difference>>([.. Gone.Take(limit)]);
}
