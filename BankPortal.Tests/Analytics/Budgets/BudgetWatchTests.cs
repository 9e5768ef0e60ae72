using BankPortal.Core.Analytics.Budgets;
using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;

namespace BankPortal.Tests.Analytics.Budgets;

[UnitTest]
public sealed class BudgetWatchTests
{
    private readonly InMemoryBank _bank = new();
    private readonly InMemoryCategoryBookStore _books = new();
    private readonly InMemoryEvents _events = new();
    private readonly CategoryService _categories;
    private readonly BudgetWatch _watch;
    private readonly Actor _ann;

    public BudgetWatchTests()
    {
        _ann = _bank.Customer("ann", "Ann Archer");
        _categories = new CategoryService(_books, new HistoryService(_bank.Store, _bank.Store), _bank.Accounts, _bank.Rules, _bank.Time);
        _watch = new BudgetWatch(
            _books,
            _bank.Store,
            new AccountMonthService(new InMemoryAccountMonths(), _bank.Store, _bank.Rules, NullLogger<AccountMonthService>.Instance),
            _events,
            _bank.Time);
    }

    private DateOnly Today => _bank.Rules.DayOf(_bank.Time.GetUtcNow());

    [Fact]
    public async Task Look_SpendingGrows_TellsOnceAtEachThreshold()
    {
        var account = await AccountWithBudgetAsync(100);

        Assert.Empty(await AfterAsync(account, 79.99m));
        Assert.Equal(["80: 80 of 100"], await AfterAsync(account, 0.01m));
        Assert.Equal(["80: 80 of 100"], await AfterAsync(account, 10));
        Assert.Equal(["80: 80 of 100", "100: 100 of 100"], await AfterAsync(account, 10));
        Assert.Equal(["80: 80 of 100", "100: 100 of 100"], await AfterAsync(account, 500));
        var told = _events.All.First();
        Assert.Equal(("budget-reached", "ann", "Eating out", "USD"), (told.Kind, told.PersonId, told.Facts["category"], told.Facts["currency"]));
    }

    [Fact]
    public async Task Look_BothReachedAtOnce_TellsOfTheGreaterOnly()
    {
        var account = await AccountWithBudgetAsync(100);

        Assert.Equal(["100: 250 of 100"], await AfterAsync(account, 250));
    }

    [Fact]
    public async Task Look_NextMonthOrAnotherAmount_TellsAgain()
    {
        var account = await AccountWithBudgetAsync(100);
        await AfterAsync(account, 100);

        await _categories.SetBudgetAsync(_ann, "dining", Money.Of(120, Currency.Usd));
        Assert.Equal(["100: 100 of 100", "80: 100 of 120"], await AfterAsync(account, 0));
        _bank.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(2, (await AfterAsync(account, 0)).Count);
        Assert.Equal(["100: 100 of 100", "80: 100 of 120", "80: 97 of 120"], await AfterAsync(account, 97));
    }

    [Fact]
    public async Task Look_NoBudgetOrDayLongAgo_TellsNothing()
    {
        var account = await AccountWithBudgetAsync(100);
        var other = await _bank.OpenAsync(_bank.Customer("ben", "Ben"), 500);
        await _bank.PostAsync(account, -100, "Noodle House", TransferKind.Purchase);
        await _bank.PostAsync(other, -100, "Noodle House", TransferKind.Purchase);

        await _watch.LookAsync(Today, Today, [other], TestContext.Current.CancellationToken);
        await _watch.LookAsync(Today.AddDays(-8), Today, [account], TestContext.Current.CancellationToken);

        Assert.Empty(_events.All);
    }

    private async Task<Account> AccountWithBudgetAsync(decimal amount)
    {
        var account = await _bank.OpenAsync(_ann, 5_000);
        Assert.True((await _categories.SetBudgetAsync(_ann, "dining", Money.Of(amount, Currency.Usd))).IsSuccess);
        return account;
    }

    private async Task<IReadOnlyList<string>> AfterAsync(Account account, decimal spent)
    {
        _bank.Time.Advance(TimeSpan.FromMinutes(1));
        if (spent > 0)
        {
            await _bank.PostAsync(account, -spent, "Noodle House", TransferKind.Purchase);
        }

        var now = await _bank.FindAsync(account);
        await _watch.LookAsync(Today, Today, [now], TestContext.Current.CancellationToken);
        await _watch.LookAsync(Today, Today, [now], TestContext.Current.CancellationToken);
        return [.. _events.All.Select(told => $"{told.Facts["percent"]}: {told.Facts["spent"]} of {told.Facts["amount"]}")];
    }
}
