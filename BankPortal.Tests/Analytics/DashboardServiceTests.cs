namespace BankPortal.Tests.Analytics;

[UnitTest]
public sealed class DashboardServiceTests
{
    private readonly InMemoryBank _bank = new();
    private readonly DashboardService _service;
    private readonly Actor _ann;

    public DashboardServiceTests()
    {
        var days = new AccountDayService(new InMemoryAccountDays(), _bank.Store, _bank.Rules, NullLogger<AccountDayService>.Instance);
        _service = new DashboardService(_bank.Accounts, new HistoryService(_bank.Store, _bank.Store), days, _bank.Rules, _bank.Time);
        _ann = _bank.Customer("ann", "Ann Smith");
    }

    [Fact]
    public async Task Read_CustomerWithoutAccounts_OpensTheFirstOnce()
    {
        var first = await ReadAsync();
        var second = await ReadAsync();

        Assert.True(first.IsUntouched);
        Assert.Equal(Assert.Single(first.Accounts).Id, Assert.Single(second.Accounts).Id);
        Assert.Equal(AccountType.Checking, first.Accounts[0].Type);
        Assert.Equal([Money.Zero(Currency.Usd)], first.Totals);
        Assert.Empty(first.Recent);
        Assert.True(first.ThisMonth.Income.IsZero);
        Assert.All(first.TotalsOfDays(30), balance => Assert.True(balance.IsZero));
    }

    [Fact]
    public async Task Read_Staff_IsRefused() =>
        Assert.IsType<NotAllowedError>((await _service.ReadAsync(new Actor("eve", [BankRoles.Analyst]), 90)).Error);

    [Fact]
    public async Task Read_MoneyBetweenOwnAccounts_IsNeitherIncomeNorSpending()
    {
        var checking = await _bank.OpenAsync(_ann);
        var savings = await _bank.OpenAsync(_ann, type: AccountType.Savings);
        await _bank.PostAsync(checking, 3000, "Wages", TransferKind.Salary);
        await _bank.PostAsync(checking, -40, "Shop", TransferKind.Purchase);
        var review = (
            await _bank.Transfers.ReviewAsync(
                _ann,
                new TransferRequest("k", checking.Id, new TransferTarget.OwnAccount(savings.Id), Money.Of(500, checking.Currency), null)
            )
        ).Value;
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);

        var dashboard = await ReadAsync();

        Assert.Equal(3000m, dashboard.ThisMonth.Income.Amount);
        Assert.Equal(40m, dashboard.ThisMonth.Spending.Amount);
        Assert.Equal(2960m, Assert.Single(dashboard.Totals).Amount);
        Assert.Equal([TransferKind.Purchase], dashboard.ThisMonth.SpendingByKind.Select(p => p.Key));
        Assert.Equal(2960m, dashboard.TotalsOfDays(90)[^1].Amount);
        Assert.Equal([2460m, 500m], dashboard.Days.Select(a => dashboard.BalancesOf(a, 90)[^1].Amount));
    }

    [Fact]
    public async Task Read_TransferToSomebody_IsSpendingThereIncomeHere()
    {
        var checking = await _bank.OpenAsync(_ann, 100);
        var bob = _bank.Customer("bob", "Bob Jones");
        var bobs = await _bank.OpenAsync(bob);
        var review = (
            await _bank.Transfers.ReviewAsync(
                _ann,
                new TransferRequest(
                    "k",
                    checking.Id,
                    new TransferTarget.Someone(bobs.Number.Digits, "Bob Jones"),
                    Money.Of(30, checking.Currency),
                    null
                )
            )
        ).Value;
        Assert.True((await _bank.Transfers.SendAsync(_ann, review, false)).IsSuccess);

        Assert.Equal(30m, (await ReadAsync()).ThisMonth.Spending.Amount);
        Assert.Equal(30m, (await _service.ReadAsync(bob, 90)).Value.ThisMonth.Income.Amount);
    }

    [Fact]
    public async Task Read_ReversalAndOpeningBalance_CountOnNeitherSide()
    {
        var account = await _bank.OpenAsync(_ann);
        await _bank.PostAsync(account, 10_000, "", TransferKind.Opening);
        await _bank.PostAsync(account, 17, "", TransferKind.Adjustment);
        await _bank.PostAsync(account, -60, "Shop", TransferKind.Purchase);
        await _bank.PostAsync(account, 60, "Shop, taken back", TransferKind.Reversal);

        var month = (await ReadAsync()).ThisMonth;

        Assert.True(month.Income.IsZero);
        Assert.True(month.Spending.IsZero);
    }

    [Fact]
    public async Task Read_TwoMonths_ComparesTheSamePart()
    {
        var account = await _bank.OpenAsync(_ann);
        await _bank.PostAsync(account, 100, "", TransferKind.Salary, At("2026-03-05T10:00:00Z"));
        await _bank.PostAsync(account, 900, "", TransferKind.Salary, At("2026-03-25T10:00:00Z"));
        await _bank.PostAsync(account, 150, "", TransferKind.Salary, At("2026-04-02T10:00:00Z"));
        _bank.Time.Advance(At("2026-04-10T12:00:00Z") - _bank.Time.GetUtcNow());

        var dashboard = await ReadAsync();

        Assert.Equal(150m, dashboard.ThisMonth.Income.Amount);
        Assert.Equal(1000m, dashboard.LastMonth.Income.Amount);
        Assert.Equal(100m, dashboard.LastMonthSoFar.Income.Amount);
        Assert.Equal([0m, 0m, 0m, 0m, 1000m, 150m], dashboard.Months.Select(m => m.Flow.Income.Amount));
        Assert.Equal(new DateOnly(2025, 11, 1), dashboard.Months[0].First);
    }

    [Fact]
    public async Task Read_TwoCurrencies_AreNotAddedUp()
    {
        await _bank.OpenAsync(_ann, 10);
        var euro = (
            await _bank.Accounts.OpenForAsync(Actor.System, _ann.UserId, new OpenAccount("eur", AccountType.Savings), Currency.Eur)
        ).Value;
        await _bank.PostAsync(euro, 7, "", TransferKind.Deposit);

        var dashboard = await ReadAsync();

        Assert.Equal(["10.00 USD", "7.00 EUR"], dashboard.Totals.Select(t => t.ToString()));
        Assert.Equal("10.00 USD", dashboard.TotalsOfDays(30)[^1].ToString());
    }

    [Fact]
    public async Task Read_ClosedAccount_LeavesTheCardsButKeepsItsPast()
    {
        var account = await _bank.OpenAsync(_ann);
        var old = await _bank.OpenAsync(_ann);
        await _bank.PostAsync(old, 50, "", TransferKind.Salary);
        await _bank.PostAsync(old, -50, "", TransferKind.Purchase);
        Assert.True((await _bank.Accounts.CloseAsync(_ann, old.Id)).IsSuccess);

        var dashboard = await ReadAsync();

        Assert.Equal(account.Id, Assert.Single(dashboard.Accounts).Id);
        Assert.Equal(50m, dashboard.ThisMonth.Income.Amount);
        Assert.Equal(2, dashboard.Recent.Length);
    }

    [Fact]
    public async Task Read_ManyAccounts_WaitsForTheStoresFourTimesAtMost()
    {
        for (var i = 0; i < 6; i++)
        {
            await _bank.OpenAsync(_ann, 10 + i);
        }

        var waves = new StoreWaves(_bank.Store, new InMemoryAccountDays());
        var days = new AccountDayService(waves, waves, _bank.Rules, NullLogger<AccountDayService>.Instance);
        var service = new DashboardService(
            new AccountService(waves, _bank.AccountOptions, _bank.Audit.NewTrail(), _bank.Conflicts, _bank.StepUp, _bank.Time),
            new HistoryService(waves, waves),
            days,
            _bank.Rules,
            _bank.Time
        );

        var dashboard = waves.Run(() => service.ReadAsync(_ann, 90));

        Assert.Equal(6, dashboard.Value.Recent.Length);

        // The list of accounts (two round trips), the days together with the newest entries, what lies behind the days.
        Assert.Equal(["ListByOwner", "ReadDays", "ReadEntries"], waves.Waves.Select(wave => wave[0]));
        Assert.Equal(6 + 6, waves.Waves[1].Count);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<Dashboard> ReadAsync() => (await _service.ReadAsync(_ann, 90)).Value;
}
