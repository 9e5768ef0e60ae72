namespace BankPortal.Core.Fraud.Lists;

/// <summary>Stores the risk lists. Implementations are thread-safe.</summary>
public interface IRiskListStore
{
    /// <summary>Reads a subject's list entries, expired ones included. Strongly consistent, one round trip.</summary>
    Task<IReadOnlyList<ListEntry>> FindAsync(string subjectId, CancellationToken ct = default);

    /// <summary>Reads the list entries of up to a hundred subjects, like <see cref="FindAsync"/>, in one round trip.</summary>
    Task<IReadOnlyList<ListEntry>> FindManyAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default);

    /// <summary>Reads all list entries, last changed subject first, from an eventually consistent index.</summary>
    /// <param name="limit">The most subjects to return.</param>
    /// <param name="ct">Cancels the read.</param>
    Task<IReadOnlyList<ListEntry>> ListAsync(int limit, CancellationToken ct = default);

    /// <summary>Adds or changes a list entry if its end is still <paramref name="seen"/>.</summary>
    /// <param name="entry">The new entry.</param>
    /// <param name="seen">The end of the current entry; <see langword="null"/> when there is none.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns><see langword="false"/> when somebody else changed it in the meantime.</returns>
    Task<bool> TryPutAsync(ListEntry entry, DateTimeOffset? seen, CancellationToken ct = default);

    /// <summary>Removes a list entry if it is still as <paramref name="entry"/> says.</summary>
    /// <returns><see langword="false"/> when somebody else changed it in the meantime.</returns>
    Task<bool> TryRemoveAsync(ListEntry entry, DateTimeOffset now, CancellationToken ct = default);
}
