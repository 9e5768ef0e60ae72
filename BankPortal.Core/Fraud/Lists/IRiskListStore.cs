namespace BankPortal.Core.Fraud.Lists;

/// <summary>Keeps the risk lists.</summary>
public interface IRiskListStore
{
    /// <summary>On which lists a subject is, entries that have ended included. Strongly consistent, one round trip.</summary>
    Task<IReadOnlyList<ListEntry>> FindAsync(string subjectId, CancellationToken ct = default);

    /// <summary>As <see cref="FindAsync"/>, for up to a hundred subjects in one round trip.</summary>
    Task<IReadOnlyList<ListEntry>> FindManyAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default);

    /// <summary>Everything that is on a list, the last changed subject first. From an index that follows a moment later.</summary>
    /// <param name="limit">How many subjects at the most.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<IReadOnlyList<ListEntry>> ListAsync(int limit, CancellationToken ct = default);

    /// <summary>Puts a subject on a list, or changes how it is on it, if it is there as <paramref name="seen"/> says.</summary>
    /// <param name="entry">The entry as it shall be.</param>
    /// <param name="seen">Until when it is on the list now; <see langword="null"/> when it is not.</param>
    /// <param name="ct">Cancels the wait.</param>
    /// <returns><see langword="false"/> when somebody else has changed it meanwhile.</returns>
    Task<bool> TryPutAsync(ListEntry entry, DateTimeOffset? seen, CancellationToken ct = default);

    /// <summary>Takes a subject from a list, if it is there as <paramref name="entry"/> says.</summary>
    /// <returns><see langword="false"/> when somebody else has changed it meanwhile.</returns>
    Task<bool> TryRemoveAsync(ListEntry entry, DateTimeOffset now, CancellationToken ct = default);
}
