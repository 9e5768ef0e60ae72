namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>Keeps the progress of the reconciliation, and the differences it found.</summary>
public interface IReconciliationStore
{
    /// <summary>Reads the progress.</summary>
    Task<ReconciliationState> ReadStateAsync(CancellationToken ct = default);

    /// <summary>Writes the progress, unless a later holder of the lease, whose fence is greater, has written.</summary>
    Task<bool> TrySaveStateAsync(ReconciliationState state, CancellationToken ct = default);

    /// <summary>Reads the checkpoints of at most a hundred accounts. Accounts that were never checked have none.</summary>
    Task<IReadOnlyDictionary<string, AccountCheckpoint>> ReadCheckpointsAsync(
        IReadOnlyCollection<string> accountIds,
        CancellationToken ct = default
    );

    /// <summary>Writes checkpoints.</summary>
    Task SaveCheckpointsAsync(IReadOnlyCollection<AccountCheckpoint> checkpoints, CancellationToken ct = default);

    /// <summary>Records a difference; for one that is known, that it still exists.</summary>
    /// <returns>Whether it is new.</returns>
    Task<bool> RecordAsync(Difference difference, CancellationToken ct = default);

    /// <summary>Closes an open difference that no longer exists.</summary>
    Task CloseAsync(string differenceId, DateTimeOffset at, CancellationToken ct = default);

    /// <summary>Counts the open differences.</summary>
    Task<int> CountOpenAsync(CancellationToken ct = default);

    /// <summary>Lists open differences.</summary>
    Task<ImmutableArray<Difference>> ListOpenAsync(int limit, CancellationToken ct = default);

    /// <summary>Lists the differences closed last, the latest first.</summary>
    Task<ImmutableArray<Difference>> ListGoneAsync(int limit, CancellationToken ct = default);
}
