using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Web.Features.Analytics.Reports;
using BankPortal.Web.Features.Ledger.History;

namespace BankPortal.Tests.Analytics.Reports;

/// <summary>
/// Every figure of a report equals the totals of the history behind its link, which are counted entry by entry. Random entries with
/// corrections, divided and excluded transactions, own transfers, over month ends, a leap year and both changes of the clock, read
/// from the other end of the world.
/// </summary>
[UnitTest]
public sealed class DrillDownTests
{
    private const string NewYork = "America/New_York";

    private readonly InMemoryBank _bank = new(
        new LedgerOptions { TimeZone = NewYork }, time: new ManualTime(new DateTimeOffset(2023, 10, 28, 1, 0, 0, TimeSpan.Zero)));
    private readonly InMemoryCategoryBookStore _books = new();
    private readonly HistoryService _history;
    private readonly CategoryService _categories;
    private readonly AnalyticsService _analytics;
    private readonly UserTimeZone _reader;
    private readonly Actor _ann;

    public DrillDownTests()
    {
        _history = new HistoryService(_bank.Store, _bank.Store, new CustomerEntryCategories(_books));
        _categories = new CategoryService(_books, _history, _bank.Accounts, _bank.Rules, _bank.Time);
        _analytics = new AnalyticsService(
            _bank.Accounts,
            _books,
            new AccountDayService(new InMemoryAccountDays(), _bank.Store, _bank.Rules, NullLogger<AccountDayService>.Instance),
            new AccountMonthService(new InMemoryAccountMonths(), _bank.Store, _bank.Rules, NullLogger<AccountMonthService>.Instance),
            _bank.Rules,
            _bank.Time);
        _reader = new UserTimeZone(Options.Create(new ShellOptions { TimeZone = "Australia/Sydney" }));
        _ann = _bank.Customer("ann", "Ann Smith");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Links_OfEveryFigure_LeadToEntriesThatAddUpToIt(int seed)
    {
        await PostAsync(seed, 700);
        var first = new DateOnly(2024, 1, 1);
        foreach (var period in new[]
        {
            AnalyticsPeriod.Month(new(2023, 11, 1)), AnalyticsPeriod.Month(new(2024, 2, 1)), AnalyticsPeriod.Month(new(2024, 3, 1)),
            new AnalyticsPeriod(first, first.AddMonths(2)),
        })
        {
            var report = (await _analytics.ReadAsync(_ann, period)).Value;
            await EqualsAsync(report.Flow.Income, ReportText.Entries(period, CategoryTotals.Income));
            await EqualsAsync(-report.Flow.Spending, ReportText.Entries(period, CategoryTotals.Spending));
            await EqualsAsync(-report.Weekdays.Amount, ReportText.Entries(period, CategoryTotals.Spending, days: "weekdays"));
            await EqualsAsync(-report.Weekends.Amount, ReportText.Entries(period, CategoryTotals.Spending, days: "weekends"));
            Assert.NotEmpty(report.Spending);
            foreach (var category in report.Spending)
            {
                await EqualsAsync(-category.Amount, ReportText.Entries(period, category.CategoryId));
            }

            foreach (var category in report.Income)
            {
                await EqualsAsync(category.Amount, ReportText.Entries(period, category.CategoryId));
            }

            foreach (var payee in report.Payees)
            {
                await EqualsAsync(-payee.Amount, ReportText.Entries(period, CategoryTotals.Spending, payee.Name));
            }

            foreach (var (before, day) in report.Balances.Zip(report.Balances.Skip(1)))
            {
                await EqualsAsync(day.Balance - before.Balance, ReportText.Entries(day.Day));
            }
        }
    }

    [Fact]
    public async Task Links_OneEntryOrNone_AddUpToo()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var period = AnalyticsPeriod.Month(_analytics.Today);
        await EqualsAsync(Money.Zero(account.Currency), ReportText.Entries(period, CategoryTotals.Spending));

        await _bank.PostAsync(account, -12.34m, "Noodle House", TransferKind.Purchase);

        Assert.Equal(12.34m, (await _analytics.ReadAsync(_ann, period)).Value.Flow.Spending.Amount);
        await EqualsAsync(Money.Of(-12.34m, account.Currency), ReportText.Entries(period, CategoryTotals.Spending));
    }

    private async Task EqualsAsync(Money figure, string address)
    {
        var filter = HistoryQuery.Of(address).Read(_reader, _bank.Rules, out var errors);
        Assert.Empty(errors);
        var totals = (await _history.TotalAsync(_ann, filter)).Value;

        Assert.True(totals.IsComplete);
        Assert.True(figure.MinorUnits == totals.Sums.Sum(sum => sum.Net.MinorUnits), $"{figure} is not {totals} behind {address}");
    }

#pragma warning disable CA5394 // A fixed seed is the point.
    private async Task PostAsync(int seed, int count)
    {
        var random = new Random(seed);
        var account = await _bank.ChangeAsync(
            await _bank.OpenAsync(_ann, 100), a => a with { Overdraft = Money.Of(10_000_000, a.Currency) });
        var savings = await _bank.OpenAsync(_ann, 0, AccountType.Savings);
        string[] names = ["Greenleaf Market", "Noodle House", "Noodle House West", "City Transit", "Café \"Zum Löwen\"", ""];
        var posted = new List<Transfer>();
        for (var i = 0; i < count; i++)
        {
            _bank.Time.Advance(TimeSpan.FromMinutes(random.Next(1, 700)));
            var amount = random.Next(1, 30_000) / 100m;
            var name = names[random.Next(names.Length)];
            switch (random.Next(12))
            {
                case 0:
                    await _bank.PostAsync(account, amount * 9, "Wages", TransferKind.Salary);
                    break;
                case 1:
                    await OwnAsync(account, savings, amount);
                    break;
                case 2:
                    await _bank.PostAsync(account, amount, name);
                    break;
                case 3:
                    await _bank.PostAsync(account, -amount, name, TransferKind.Fee);
                    break;
                default:
                    posted.Add(await _bank.PostAsync(account, -amount, name, TransferKind.Purchase));
                    break;
            }
        }

        foreach (var transfer in posted.Where(_ => random.Next(8) == 0).ToList())
        {
            Assert.True((random.Next(3) switch
            {
                0 => await _categories.CorrectAsync(_ann, transfer.Id, "travel"),
                1 => await _categories.CorrectAsync(_ann, transfer.Id, ShippedCategories.Excluded),
                _ when transfer.Amount.MinorUnits > 1 => await _categories.SplitAsync(_ann, transfer.Id, Halves(transfer.Amount)),
                _ => await _categories.CorrectAsync(_ann, transfer.Id, "dining"),
            }).IsSuccess);
        }

        Assert.True((await _categories.AddRuleAsync(_ann, "transit", false, "travel")).IsSuccess);
    }
#pragma warning restore CA5394

    private static ImmutableArray<(string, Money)> Halves(Money amount)
    {
        var half = new Money(amount.MinorUnits / 2, amount.Currency);
        return [("groceries", half), (ShippedCategories.Excluded, amount - half)];
    }

    private async Task OwnAsync(Account from, Account to, decimal amount) => Assert.True((await _bank.Ledger.ExecuteAsync(new TransferOrder
    {
        Actor = Actor.System,
        IdempotencyKey = _bank.NextKey(),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = Money.Of(amount, from.Currency),
        DuplicateConfirmed = true,
    })).IsSuccess);
}
