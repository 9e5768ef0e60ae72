namespace BankPortal.Core.Analytics.Categories;

/// <summary>Gives entries their categories under a customer's decisions. Pure and thread-safe.</summary>
/// <remarks>In this order: what was decided about the transaction, the customer's newest matching rule, the shipped rules.</remarks>
public sealed class Categoriser
{
    private readonly ImmutableArray<(CategoryRule Rule, SearchText Words, string Whole)> _rules;
    private readonly Dictionary<string, EntryCorrection> _corrections;

    /// <summary>Prepares the rules of a book once.</summary>
    public Categoriser(CategoryBook book)
    {
        Book = book;
        _rules = [.. book.Rules.Reverse().Select(rule => (rule, new SearchText(rule.Text), SearchText.Fold(rule.Text).Trim()))];
        _corrections = book.Corrections.ToDictionary(correction => correction.TransferId, StringComparer.Ordinal);
    }

    /// <summary>The customer's decisions.</summary>
    public CategoryBook Book { get; }

    /// <summary>Returns the category by rules alone.</summary>
    public string ByRules(EntryTraits traits)
    {
        var title = SearchText.Fold(traits.Title).Trim();
        foreach (var (rule, words, whole) in _rules)
        {
            if (rule.IsIncome == traits.IsIncome
                && (rule.IsWhole ? title == whole : words.Matches(traits.Counterparty, traits.Description))
                && Book.Find(rule.CategoryId) is not null)
            {
                return rule.CategoryId;
            }
        }

        return ShippedCategories.Of(traits);
    }

    /// <summary>Returns the parts of an entry by category; their amounts, in minor units, add up to its amount without sign. Empty for
    /// what is neither income nor spending.</summary>
    public ImmutableArray<CategoryPart> PartsOf(Entry entry)
    {
        var traits = EntryTraits.Of(entry);
        return !traits.Counts ? []
            : _corrections.TryGetValue(entry.TransferId, out var correction) && correction.Traits.IsIn == traits.IsIn ? correction.Parts
            : [new CategoryPart(ByRules(traits), entry.Amount.Abs().MinorUnits)];
    }
}
