namespace BankPortal.Core.Analytics.Categories;

/// <summary>Keeps each customer's category book, encrypted. Implementations are thread-safe.</summary>
public interface ICategoryBookStore
{
    /// <summary>Reads a customer's book in one round trip; an empty one when nothing was decided yet.</summary>
    Task<CategoryBook> ReadAsync(string userId, CancellationToken ct = default);

    /// <summary>Reads the books of customers, one round trip for each hundred; those who decided nothing yet are missing.</summary>
    Task<IReadOnlyDictionary<string, CategoryBook>> ReadManyAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default);

    /// <summary>Writes a book if the stored version is still <see cref="CategoryBook.Version"/>.</summary>
    /// <returns><see langword="false"/> when somebody else was faster; nothing is written then.</returns>
    Task<bool> TryWriteAsync(string userId, CategoryBook book, CancellationToken ct = default);
}
