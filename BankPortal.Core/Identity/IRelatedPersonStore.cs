namespace BankPortal.Core.Identity;

/// <summary>Stores who is related to whom. Every relation is stored for both people, so that it counts whichever of them acts.
/// Thread-safe.</summary>
public interface IRelatedPersonStore
{
    /// <summary>Reads the people related to a person. One strongly consistent read.</summary>
    Task<IReadOnlyList<RelatedPerson>> FindAsync(string userId, CancellationToken ct = default);

    /// <summary>Reads the people related to several people; people without any are left out. Strongly consistent.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<RelatedPerson>>> FindManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default);

    /// <summary>Stores a relation for both people, in place of an earlier one between them. One transaction.</summary>
    Task PutAsync(string userId, RelatedPerson related, CancellationToken ct = default);

    /// <summary>Removes the relation between two people, for both. One transaction; succeeds when there is none.</summary>
    Task RemoveAsync(string userId, string relatedId, CancellationToken ct = default);
}
