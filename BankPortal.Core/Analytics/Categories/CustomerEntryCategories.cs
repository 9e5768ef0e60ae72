namespace BankPortal.Core.Analytics.Categories;

/// <summary>
/// Gives the history the categories of a customer's book, and all spending and all income as two more: entries under these add up to the
/// figures of reports, without money between own accounts and without what is left out of analytics.
/// </summary>
public sealed class CustomerEntryCategories(ICategoryBookStore store) : IEntryCategories
{
    /// <inheritdoc/>
    public async Task<EntryCategories> ReadAsync(string userId, CancellationToken ct = default)
    {
        var categoriser = new Categoriser(await store.ReadAsync(userId, ct));
        return new EntryCategories(
            [
                KeyValuePair.Create(CategoryTotals.Spending, "All spending"),
                KeyValuePair.Create(CategoryTotals.Income, "All income"),
                .. categoriser.Book.Categories.Select(category => KeyValuePair.Create(category.Id, category.Name)),
            ],
            entry => PartsOf(categoriser, entry));
    }

    private static IEnumerable<EntryCategoryPart> PartsOf(Categoriser categoriser, Entry entry)
    {
        var total = EntryTraits.Of(entry).IsIncome ? CategoryTotals.Income : CategoryTotals.Spending;
        foreach (var part in categoriser.PartsOf(entry))
        {
            yield return new EntryCategoryPart(part.CategoryId, part.Amount);
            if (part.CategoryId != ShippedCategories.Excluded)
            {
                yield return new EntryCategoryPart(total, part.Amount);
            }
        }
    }
}
