using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Core.Common.Events;

namespace BankPortal.Core.Analytics.Budgets;

/// <summary>
/// Raises an event when a budget is nearly or wholly spent, once for each budget, amount, month and threshold. Day closing asks it about
/// the accounts that had entries on a day, so nobody is looked at who did nothing: a read for each hundred of their owners, and for an
/// owner with budgets one for the accounts and one for the month of each account. Thread-safe.
/// </summary>
public sealed class BudgetWatch(
    ICategoryBookStore books, IAccountStore accounts, AccountMonthService accountMonths, IBankEvents events, TimeProvider time)
{
    /// <summary>The kind of the events.</summary>
    public const string Kind = BankEventKinds.BudgetReached;

    /// <summary>The shares of a budget, in percent, at which an event is raised; of several reached at once only the greatest.</summary>
    public static ImmutableArray<int> Thresholds { get; } = [80, 100];

    // Of a day closed late nobody wants to hear any more.
    private const int DaysToTell = 7;

    /// <summary>Looks at the budgets of the owners of accounts.</summary>
    /// <param name="day">The day that is closed.</param>
    /// <param name="last">The last day that can be closed.</param>
    /// <param name="seen">The accounts that had entries on the day.</param>
    /// <param name="ct">Cancels the work; repeating it raises no event twice.</param>
    public async Task LookAsync(DateOnly day, DateOnly last, IReadOnlyCollection<Account> seen, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Count == 0 || day.AddDays(DaysToTell) <= last)
        {
            return;
        }

        var owners = seen.Select(account => account.OwnerId).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (owner, book) in await books.ReadManyAsync(owners, ct))
        {
            if (!book.Budgets.IsEmpty)
            {
                await LookAsync(owner, book, day, ct);
            }
        }
    }

    private async Task LookAsync(string owner, CategoryBook book, DateOnly day, CancellationToken ct)
    {
        var month = AnalyticsPeriod.Month(day).First;
        var categoriser = new Categoriser(book);
        foreach (var own in (await accounts.ListByOwnerAsync(owner, ct)).GroupBy(account => account.Currency))
        {
            var budgets = book.Budgets.Where(b => b.CurrencyCode == own.Key.Code && book.Find(b.CategoryId) is not null).ToList();
            if (budgets.Count == 0)
            {
                continue;
            }

            var months = await Task.WhenAll(own.Select(account => accountMonths.ReadAsync(account, month, ct)));
            var spent = FlowLine.Of([.. months.SelectMany(m => m)], categoriser, own.Key, month)
                .Where(line => line.Month == month && !line.IsIncome)
                .ToLookup(line => line.Category, line => line.Amount, StringComparer.Ordinal);
            foreach (var budget in budgets)
            {
                var amount = spent[budget.CategoryId].Sum();
                if (Thresholds.LastOrDefault(percent => amount * 100 >= budget.Amount * percent) is > 0 and var reached)
                {
                    await events.RaiseAsync(EventOf(owner, book, budget, own.Key, month, amount, reached), ct);
                }
            }
        }
    }

    private BankEvent EventOf(
        string owner, CategoryBook book, Budget budget, Currency currency, DateOnly month, long spent, int percent)
    {
        var name = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        return new BankEvent(
            DerivedId.From(
                Kind,
                owner,
                budget.CategoryId,
                name,
                budget.Amount.ToString(CultureInfo.InvariantCulture),
                percent.ToString(CultureInfo.InvariantCulture)),
            Kind,
            owner,
            time.GetUtcNow(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["category"] = book.NameOf(budget.CategoryId),
                ["amount"] = new Money(budget.Amount, currency).Amount.ToString(CultureInfo.InvariantCulture),
                ["spent"] = new Money(spent, currency).Amount.ToString(CultureInfo.InvariantCulture),
                ["currency"] = currency.Code,
                ["percent"] = percent.ToString(CultureInfo.InvariantCulture),
                ["month"] = name,
            });
    }
}
