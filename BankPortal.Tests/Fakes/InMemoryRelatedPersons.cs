namespace BankPortal.Tests.Fakes;

/// <summary>Related persons in memory. Counts the reads of one person.</summary>
public sealed class InMemoryRelatedPersons : IRelatedPersonStore
{
    private readonly ConcurrentDictionary<(string UserId, string RelatedId), RelatedPerson> _rows = new();

    public int Reads { get; private set; }

    /// <summary>Relates two people, for both.</summary>
    public void Relate(string userId, string relatedId, RelationKind kind = RelationKind.Household)
    {
        _rows[(userId, relatedId)] = new RelatedPerson(relatedId, kind, userId, default);
        _rows[(relatedId, userId)] = new RelatedPerson(userId, kind, userId, default);
    }

    public Task<IReadOnlyList<RelatedPerson>> FindAsync(string userId, CancellationToken ct = default)
    {
        Reads++;
        return Task.FromResult(Of(userId));
    }

    public Task<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>> FindManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>>(
            userIds.Distinct().Where(id => Of(id).Count > 0).ToDictionary(id => id, Of, StringComparer.Ordinal));

    public Task PutAsync(string userId, RelatedPerson related, CancellationToken ct = default)
    {
        _rows[(userId, related.UserId)] = related;
        _rows[(related.UserId, userId)] = related with { UserId = userId };
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string userId, string relatedId, CancellationToken ct = default)
    {
        _rows.TryRemove((userId, relatedId), out _);
        _rows.TryRemove((relatedId, userId), out _);
        return Task.CompletedTask;
    }

    private IReadOnlyList<RelatedPerson> Of(string userId) =>
        [.. _rows.Where(row => row.Key.UserId == userId).Select(row => row.Value).OrderBy(person => person.UserId, StringComparer.Ordinal)];
}
