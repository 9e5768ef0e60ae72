namespace BankPortal.Core.Ledger.History;

/// <summary>Tells the history which categories a customer has and which of them an entry belongs to. Thread-safe.</summary>
public interface IEntryCategories
{
    /// <summary>Reads a customer's categories in one round trip.</summary>
    Task<EntryCategories> ReadAsync(string userId, CancellationToken ct = default);
}

/// <summary>A customer's categories.</summary>
/// <param name="All">Ids and names, in the order in which they are offered.</param>
/// <param name="PartsOf">Returns an entry's categories with their parts of its amount; none for what is neither income nor
/// spending.</param>
public sealed record EntryCategories(
    ImmutableArray<KeyValuePair<string, string>> All, Func<Entry, IEnumerable<EntryCategoryPart>> PartsOf)
{
    /// <summary>No categories.</summary>
    public static EntryCategories None { get; } = new([], _ => []);
}

/// <summary>A part of an entry's amount.</summary>
/// <param name="CategoryId">The category it belongs to.</param>
/// <param name="Amount">The part, in minor units and without sign.</param>
public readonly record struct EntryCategoryPart(string CategoryId, long Amount);
