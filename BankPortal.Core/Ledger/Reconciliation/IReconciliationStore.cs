namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>Keeps how far the books have been gone over, and what was found.</summary>
public interface IReconciliationStore
{
    /// <summary>Makes the node the one that goes over the books, if no other one is.</summary>
    /// <returns>How far they have been gone over; <see langword="null"/> when another node is at it.</returns>
    Task<ReconciliationState?> TryHoldAsync(string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken ct = default);

    /// <summary>Lets other nodes go on, if the node is the one that goes over the books.</summary>
    Task LetGoAsync(string holder, CancellationToken ct = default);

    /// <summary>How far they have been gone over.</summary>
    Task<ReconciliationState> ReadStateAsync(CancellationToken ct = default);

    /// <summary>Writes it, if its holder still is the one that goes over the books.</summary>
    Task<bool> TrySaveStateAsync(ReconciliationState state, CancellationToken ct = default);

    /// <summary>The checkpoints of some accounts, a hundred at the most; those never looked at have none.</summary>
    Task<IReadOnlyDictionary<string, AccountCheckpoint>> ReadCheckpointsAsync(IReadOnlyCollection<string> accountIds, CancellationToken ct = default);

    /// <summary>Writes checkpoints.</summary>
    Task SaveCheckpointsAsync(IReadOnlyCollection<AccountCheckpoint> checkpoints, CancellationToken ct = default);

    /// <summary>Writes a difference down; when it is known already, that it is still there.</summary>
    /// <returns>Whether it is new.</returns>
    Task<bool> RecordAsync(Difference difference, CancellationToken ct = default);

    /// <summary>An open difference is no longer there.</summary>
    Task CloseAsync(string differenceId, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>How many differences are open.</summary>
    Task<int> CountOpenAsync(CancellationToken ct = default);

    /// <summary>Some open differences.</summary>
    Task<ImmutableArray<Difference>> ListOpenAsync(int limit, CancellationToken ct = default);

    /// <summary>The last differences that are no longer there, the latest first.</summary>
    Task<ImmutableArray<Difference>> ListGoneAsync(int limit, CancellationToken ct = default);
}
