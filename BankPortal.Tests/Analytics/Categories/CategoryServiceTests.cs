using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;

namespace BankPortal.Tests.Analytics.Categories;

[UnitTest]
public sealed class CategoryServiceTests
{
    private readonly InMemoryBank _bank = new();
    private readonly InMemoryCategoryBookStore _books = new();
    private readonly CategoryService _service;
    private readonly AnalyticsService _analytics;
    private readonly Actor _ann;

    public CategoryServiceTests()
    {
        _service = new CategoryService(_books, new HistoryService(_bank.Store, _bank.Store), _bank.Accounts, _bank.Rules, _bank.Time);
        _analytics = new AnalyticsService(
            _bank.Accounts,
            _books,
            new AccountDayService(new InMemoryAccountDays(), _bank.Store, _bank.Rules, NullLogger<AccountDayService>.Instance),
            new AccountMonthService(new InMemoryAccountMonths(), _bank.Store, _bank.Rules, NullLogger<AccountMonthService>.Instance),
            _bank.Rules,
            _bank.Time);
        _ann = _bank.Customer("ann", "Ann Smith");
    }

    [Fact]
    public async Task Correct_OneOfTwo_MovesItsAmountAlone()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var first = await _bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        await _bank.PostAsync(account, -12, "Noodle House", TransferKind.Purchase);

        Assert.True((await _service.CorrectAsync(_ann, first.Id, "travel")).IsSuccess);

        Assert.Equal([("travel", 30m), ("dining", 12m)], await SpendingAsync());
        Assert.True((await _service.ResetAsync(_ann, first.Id)).IsSuccess);
        Assert.Equal([("dining", 42m)], await SpendingAsync());
    }

    [Fact]
    public async Task CorrectAllLike_AppliesToThePastAndToWhatComes()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        await _bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);
        var second = await _bank.PostAsync(account, -12, "NOODLE HOUSE", TransferKind.Purchase);
        Assert.True((await _service.CorrectAllLikeAsync(_ann, second.Id, "travel")).IsSuccess);
        await _bank.PostAsync(account, -8, "Noodle House", TransferKind.Purchase);

        Assert.Equal([("travel", 50m)], await SpendingAsync());
    }

    [Fact]
    public async Task Exclude_LeavesAllFiguresWithoutIt()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var big = await _bank.PostAsync(account, -300, "Harbor Electronics", TransferKind.Purchase);
        await _bank.PostAsync(account, -20, "Noodle House", TransferKind.Purchase);

        Assert.True((await _service.CorrectAsync(_ann, big.Id, ShippedCategories.Excluded)).IsSuccess);

        var report = (await ReadAsync()).Value;
        Assert.Equal(20m, report.Flow.Spending.Amount);
        Assert.Equal((1, 20m, 20m), (report.Count, report.Average.Amount, report.Median.Amount));
        Assert.Equal("Noodle House", Assert.Single(report.Payees).Name);
    }

    [Fact]
    public async Task Split_PartsThatDoNotAddUp_AreRefused()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var posted = await _bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);

        Assert.Equal("amount", (await Split(10, 19)).Error!.Field);
        Assert.Equal("amount", (await Split(35, -5)).Error!.Field);
        Assert.True((await Split(10, 20)).IsSuccess);

        Assert.Equal([("travel", 20m), ("dining", 10m)], await SpendingAsync());
        Assert.Equal(1, (await ReadAsync()).Value.Count);

        Task<Result<CategoryBook>> Split(decimal left, decimal right) => _service.SplitAsync(
            _ann, posted.Id, [("dining", Money.Of(left, account.Currency)), ("travel", Money.Of(right, account.Currency))]);
    }

    [Fact]
    public async Task Correct_TransactionOfSomebodyElse_IsNotFound()
    {
        var account = await _bank.OpenAsync(_bank.Customer("bob", "Bob"), 500);
        var posted = await _bank.PostAsync(account, -30, "Noodle House", TransferKind.Purchase);

        Assert.IsType<NotFoundError>((await _service.CorrectAsync(_ann, posted.Id, "travel")).Error);
        Assert.IsType<NotFoundError>((await _service.CorrectAllLikeAsync(_ann, posted.Id, "travel")).Error);
        Assert.IsType<NotAllowedError>((await _service.AddRuleAsync(new Actor("eve", [BankRoles.Analyst]), "abc", false, "travel")).Error);
        Assert.Equal(0, (await _books.ReadAsync("ann")).Version);
    }

    [Theory]
    [InlineData("", "travel", "text")]
    [InlineData("  ", "travel", "text")]
    [InlineData("a", "travel", "text")]
    [InlineData("*", "travel", "text")]
    [InlineData("...", "travel", "text")]
    [InlineData("a e", "travel", "text")]
    [InlineData("a b c d", "travel", "text")]
    [InlineData("\u202E\u0000%", "travel", "text")]
    [InlineData("noodle", "salary", "category")]
    [InlineData("noodle", "no-such", "category")]
    public async Task AddRule_TooMuchOrUnknown_IsRefusedAtItsField(string text, string category, string field) =>
        Assert.Equal(field, (await _service.AddRuleAsync(_ann, text, false, category)).Error!.Field);

    [Fact]
    public async Task RemoveCategory_TakesItsRulesAndBudgetWithIt()
    {
        var own = Assert.Single((await _service.AddCategoryAsync(_ann, "  Cats ", false)).Value.Own);
        Assert.Equal("Cats", own.Name);
        Assert.Equal("name", (await _service.AddCategoryAsync(_ann, "CATS", false)).Error!.Field);
        Assert.True((await _service.AddRuleAsync(_ann, "vet", false, own.Id)).IsSuccess);
        Assert.True((await _service.SetBudgetAsync(_ann, own.Id, Money.Of(50, Currency.Usd))).IsSuccess);

        var book = (await _service.RemoveCategoryAsync(_ann, own.Id)).Value;

        Assert.Empty(book.Own);
        Assert.Empty(book.Rules);
        Assert.Empty(book.Budgets);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    public async Task SetBudget_NotAboveZero_IsRefusedAtTheAmount(decimal amount)
    {
        var refused = await _service.SetBudgetAsync(_ann, "dining", Money.Of(amount, Currency.Usd));

        Assert.Equal(("amount", "Enter an amount above zero."), (refused.Error!.Field, refused.Error.Message));
        Assert.Equal(0, (await _books.ReadAsync("ann")).Version);
    }

    [Fact]
    public async Task SetBudget_Twice_KeepsTheLast()
    {
        await _service.SetBudgetAsync(_ann, "dining", Money.Of(50, Currency.Usd));
        var book = (await _service.SetBudgetAsync(_ann, "dining", Money.Of(80, Currency.Usd))).Value;

        Assert.Equal(8_000, Assert.Single(book.Budgets).Amount);
    }

    [Fact]
    public async Task Change_SomebodyWasFaster_KeepsBoth()
    {
        _books.BeforeNextWrite = () => _service.AddCategoryAsync(_ann, "Cats", false);

        var book = (await _service.AddCategoryAsync(_ann, "Dogs", false)).Value;

        Assert.Equal(["Cats", "Dogs"], book.Own.Select(c => c.Name));
        Assert.Equal(2, book.Own.Select(c => c.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task AddGoal_PastDayOrForeignAccount_IsRefusedAtItsField()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var other = await _bank.OpenAsync(_bank.Customer("bob", "Bob"), 500);
        var today = _analytics.Today;

        Assert.Equal("target", (await Add(account, today)).Error!.Field);
        Assert.Equal("account", (await Add(other, today.AddMonths(2))).Error!.Field);
        Assert.True((await Add(account, today.AddMonths(2))).IsSuccess);
        var goal = Assert.Single((await ReadAsync()).Value.Goals);
        Assert.Equal((500m, 250m), (goal.Saved.Amount, goal.PerMonth.Amount));

        Task<Result<CategoryBook>> Add(Account at, DateOnly day) =>
            _service.AddGoalAsync(_ann, "Bicycle", Money.Of(1_000, Currency.Usd), at.Id, day);
    }

    [Fact]
    public async Task Goals_InOneAccount_ShareItsBalanceByDate()
    {
        var account = await _bank.OpenAsync(_ann, 500);
        var other = await _bank.OpenAsync(_ann, 80, AccountType.Savings);
        var today = _analytics.Today;
        await Add("House", 1_000, account, today.AddMonths(10));
        await Add("Bicycle", 300, account, today.AddMonths(2));
        await Add("Holiday", 300, account, today.AddMonths(4));
        await Add("Camera", 50, other, today.AddMonths(4));

        var goals = (await ReadAsync()).Value.Goals;

        Assert.Equal(
            [("Bicycle", 300m, 0m, true), ("Holiday", 200m, 25m, true), ("Camera", 50m, 0m, false), ("House", 0m, 100m, true)],
            goals.OrderBy(g => g.Goal.Target).ThenBy(g => g.IsShared ? 0 : 1)
                .Select(g => (g.Goal.Name, g.Saved.Amount, g.PerMonth.Amount, g.IsShared)));
        Assert.Equal(500m, goals.Where(g => g.IsShared).Sum(g => g.Saved.Amount));

        async Task Add(string name, decimal amount, Account at, DateOnly day) =>
            Assert.True((await _service.AddGoalAsync(_ann, name, Money.Of(amount, Currency.Usd), at.Id, day)).IsSuccess);
    }

    private Task<Result<AnalyticsReport>> ReadAsync() => _analytics.ReadAsync(_ann, AnalyticsPeriod.Month(_analytics.Today));

    private async Task<(string, decimal)[]> SpendingAsync() =>
        [.. (await ReadAsync()).Value.Spending.Select(c => (c.CategoryId, c.Amount.Amount))];
}
