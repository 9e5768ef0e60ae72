using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Goals;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Tests.Scheduling.StandingOrders;

namespace BankPortal.Tests.Analytics.Goals;

/// <summary>Monthly transfers to savings goals, over stores in memory. It is Friday 27 November 2026.</summary>
[UnitTest]
public sealed class GoalTransferServiceTests
{
    private readonly StandingOrderBank _bank = new();
    private readonly InMemoryCategoryBookStore _books = new();
    private readonly CategoryService _categories;
    private readonly GoalTransferService _service;

    public GoalTransferServiceTests()
    {
        var bank = _bank.Bank;
        var history = new HistoryService(bank.Store, bank.Store);
        _categories = new CategoryService(_books, history, bank.Accounts, bank.Rules, bank.Time);
        _service = new GoalTransferService(_categories, _bank.Service);
    }

    private Actor Ann => _bank.Ann;

    [Fact]
    public async Task Begin_OwnAccounts_SavesEachMonthUpToTheGoalsDate()
    {
        var (from, to, goal) = await GoalAsync("2027-02-15");

        var order = (await _service.BeginAsync(Ann, Request(goal, from, 100, "2026-12-01"))).Value;

        Assert.Equal(
            ["2026-12-01", "2027-01-01", "2027-02-01"],
            order.Schedule.Next(0, 10, _bank.Calendar).Select(o => o.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var view = Assert.Single(await _service.ListAsync(Ann, await BookAsync()));
        Assert.Equal((goal.Id, order.Id), (view.Key, view.Value.Order.Id));
        await _bank.RunOnAsync("2026-12-01");
        Assert.Equal(100m, (await _bank.Bank.FindAsync(to)).Balance.Amount);
    }

    [Fact]
    public async Task Begin_SameFormTwice_IsOneOrder()
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        var request = Request(goal, from, 100, "2026-12-01");

        var first = await _service.BeginAsync(Ann, request);
        var second = await _service.BeginAsync(Ann, request);

        Assert.Equal(first.Value.Id, second.Value.Id);
        Assert.Single(await _bank.Service.ListAsync(Ann));
    }

    [Fact]
    public async Task Begin_SecondTransfer_IsRefusedUntilTheFirstIsStopped()
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        Assert.True((await _service.BeginAsync(Ann, Request(goal, from, 100, "2026-12-01"))).IsSuccess);

        Assert.Equal("transfer", (await _service.BeginAsync(Ann, Request(goal, from, 50, "2026-12-01"))).Error!.Field);
        Assert.True((await _service.StopAsync(Ann, goal.Id)).IsSuccess);
        Assert.Empty(await _service.ListAsync(Ann, await BookAsync()));
        Assert.True((await _service.BeginAsync(Ann, Request(goal, from, 50, "2026-12-01"))).IsSuccess);
    }

    [Theory]
    [InlineData("to", 100, "2026-12-01", "from")]
    [InlineData("from", 0, "2026-12-01", "amount")]
    [InlineData("from", -5, "2026-12-01", "amount")]
    [InlineData("from", 100, "2027-02-16", "first")]
    [InlineData("from", 100, "2026-11-27", "first")]
    [InlineData("from", 100, null, "first")]
    public async Task Begin_WhatIsNotPossible_IsRefusedAtItsFieldAndMakesNothing(string account, int amount, string? first, string field)
    {
        var (from, to, goal) = await GoalAsync("2027-02-15");

        var refused = await _service.BeginAsync(Ann, Request(goal, account == "to" ? to : from, amount, first));

        Assert.Equal(field, refused.Error!.Field);
        Assert.Empty(await _bank.Service.ListAsync(Ann));
        Assert.Null((await BookAsync()).Goals[0].OrderId);
    }

    [Fact]
    public async Task Begin_AccountOrGoalOfSomebodyElse_IsRefused()
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        var bens = await _bank.Bank.OpenAsync(_bank.Ben, 500);

        Assert.False((await _service.BeginAsync(Ann, Request(goal, bens, 100, "2026-12-01"))).IsSuccess);
        Assert.IsType<NotFoundError>((await _service.BeginAsync(_bank.Ben, Request(goal, from, 100, "2026-12-01"))).Error);
        Assert.IsType<NotFoundError>((await _service.PauseAsync(_bank.Ben, goal.Id)).Error);
        Assert.Empty(await _bank.Service.ListAsync(Ann));
    }

    [Fact]
    public async Task Begin_TooManyOrders_LeavesTheGoalAsItWas()
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        _bank.Options.MaxStandingOrders = 0;

        Assert.IsType<TooManyStandingOrdersError>((await _service.BeginAsync(Ann, Request(goal, from, 100, "2026-12-01"))).Error);

        Assert.Null((await BookAsync()).Goals[0].OrderId);
    }

    [Fact]
    public async Task PauseAndResume_ChangeTheOrder()
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        var order = (await _service.BeginAsync(Ann, Request(goal, from, 100, "2026-12-01"))).Value;

        Assert.Equal(StandingOrderState.Paused, (await _service.PauseAsync(Ann, goal.Id)).Value.State);
        await _bank.RunOnAsync("2026-12-01");
        Assert.Empty(await _bank.RunsAsync(order));
        Assert.Equal(StandingOrderState.Active, (await _service.ResumeAsync(Ann, goal.Id)).Value.State);
    }

    [Theory]
    [InlineData(true, StandingOrderState.Cancelled)]
    [InlineData(false, StandingOrderState.Active)]
    public async Task RemoveGoal_WithATransfer_DoesWithItWhatWasSaid(bool stop, StandingOrderState expected)
    {
        var (from, _, goal) = await GoalAsync("2027-02-15");
        var order = (await _service.BeginAsync(Ann, Request(goal, from, 100, "2026-12-01"))).Value;

        Assert.Empty((await _service.RemoveGoalAsync(Ann, goal.Id, stop)).Value.Goals);

        Assert.Equal(expected, (await _bank.FindAsync(order)).State);
        Assert.True((await _service.RemoveGoalAsync(Ann, goal.Id, stop)).IsSuccess);
    }

    private static GoalTransferRequest Request(SavingsGoal goal, Account from, int amount, string? first) => new(
        DerivedId.Random(), goal.Id, from.Id, Money.Of(amount, Currency.Usd), first is null ? null : StandingOrderBank.Day(first));

    private async Task<CategoryBook> BookAsync() => await _books.ReadAsync(Ann.UserId);

    private async Task<(Account From, Account To, SavingsGoal Goal)> GoalAsync(string target)
    {
        var from = await _bank.Bank.OpenAsync(Ann, 1_000);
        var to = await _bank.Bank.OpenAsync(Ann, 0, AccountType.Savings);
        var book = await _categories.AddGoalAsync(Ann, "Bicycle", Money.Of(900, Currency.Usd), to.Id, StandingOrderBank.Day(target));
        return (from, to, book.Value.Goals[0]);
    }
}
