namespace BankPortal.Bench;

/// <summary>Related persons of a bank without staff: nobody is related to anybody.</summary>
internal sealed class NoRelatedPersons : IRelatedPersonStore
{
    public Task<IReadOnlyList<RelatedPerson>> FindAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<RelatedPerson>>([]);

    public Task<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>> FindManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>>(
            new Dictionary<string, IReadOnlyList<RelatedPerson>>(StringComparer.Ordinal));

    public Task PutAsync(string userId, RelatedPerson related, CancellationToken ct = default) => throw new NotSupportedException();

    public Task RemoveAsync(string userId, string relatedId, CancellationToken ct = default) => throw new NotSupportedException();
}
