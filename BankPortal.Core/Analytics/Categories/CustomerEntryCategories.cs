namespace BankPortal.Core.Analytics.Categories;

/// <summary>Gives the history the categories of a customer's book.</summary>
public sealed class CustomerEntryCategories(ICategoryBookStore store) : IEntryCategories
{
    /// <inheritdoc/>
    public async Task<EntryCategories> ReadAsync(string userId, CancellationToken ct = default)
    {
        var categoriser = new Categoriser(await store.ReadAsync(userId, ct));
        return new EntryCategories(
            [.. categoriser.Book.Categories.Select(category => KeyValuePair.Create(category.Id, category.Name))],
            entry => categoriser.PartsOf(entry).Select(part => part.CategoryId));
    }
}
