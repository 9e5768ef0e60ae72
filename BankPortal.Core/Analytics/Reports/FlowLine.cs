using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;

namespace BankPortal.Core.Analytics.Reports;

/// <summary>Money of one month with one category and one name; what all sums are made of.</summary>
/// <param name="Month">The first day of the month.</param>
/// <param name="Category">The category.</param>
/// <param name="Name">The other side, or the description.</param>
/// <param name="IsIncome">Whether it belongs to the income, or else to the spending.</param>
/// <param name="Amount">The sum, in minor units; negative for what was taken back.</param>
/// <param name="Count">How many transactions.</param>
/// <param name="WeekendAmount">The part on Saturdays and Sundays.</param>
/// <param name="Amounts">How often each single amount occurred.</param>
internal sealed record FlowLine(
    DateOnly Month,
    string Category,
    string Name,
    bool IsIncome,
    long Amount,
    int Count,
    long WeekendAmount,
    ImmutableSortedDictionary<long, int> Amounts)
{
    private static readonly ImmutableSortedDictionary<long, int> None = ImmutableSortedDictionary<long, int>.Empty;

    /// <summary>Returns the lines of months under a customer's decisions. What is left out of analytics has none.</summary>
    public static IEnumerable<FlowLine> Of(
        IReadOnlyCollection<AccountMonth> months, Categoriser categoriser, Currency currency, DateOnly from)
    {
        var lines =
            from month in months
            from @group in month.Groups
            where @group.Traits.Counts
            select Of(month.Month, @group, categoriser);

        // A decision about one transaction moves its amount from the category of the rules to the chosen ones.
        var known = months.Select(month => month.Month).ToHashSet();
        var moved = categoriser.Book.Corrections
            .Where(c => c.CurrencyCode == currency.Code && c.Day >= from && known.Contains(MonthOf(c.Day)))
            .SelectMany(c => Moved(c, categoriser));
        return lines.Concat(moved).Where(line => line.Category != ShippedCategories.Excluded);
    }

    private static FlowLine Of(DateOnly month, EntryGroup group, Categoriser categoriser)
    {
        var sign = group.Traits.TakesBack ? -1 : 1;
        return new FlowLine(
            month,
            categoriser.ByRules(group.Traits),
            group.Traits.Title,
            group.Traits.IsIncome,
            sign * group.Sum,
            group.Traits.TakesBack ? 0 : group.Count,
            sign * group.WeekendSum,
            group.Traits.TakesBack ? None : group.Amounts);
    }

    private static IEnumerable<FlowLine> Moved(EntryCorrection correction, Categoriser categoriser)
    {
        var traits = correction.Traits;
        var sign = traits.TakesBack ? -1 : 1;
        var count = traits.TakesBack ? 0 : 1;
        var weekend = correction.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        yield return Line(
            categoriser.ByRules(traits), -correction.Amount, -count, traits.TakesBack ? None : None.Add(correction.Amount, -1));
        for (var i = 0; i < correction.Parts.Length; i++)
        {
            // A transaction that is divided stays one transaction.
            var (category, amount) = correction.Parts[i];
            var isFirst = correction.Parts.Take(i).All(part => part.CategoryId == ShippedCategories.Excluded);
            yield return Line(
                category, amount, isFirst ? count : 0, isFirst && !traits.TakesBack ? None.Add(correction.Amount, 1) : None);
        }

        FlowLine Line(string category, long amount, int transactions, ImmutableSortedDictionary<long, int> amounts) => new(
            MonthOf(correction.Day),
            category,
            traits.Title,
            traits.IsIncome,
            sign * amount,
            transactions,
            weekend ? sign * amount : 0,
            amounts);
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
