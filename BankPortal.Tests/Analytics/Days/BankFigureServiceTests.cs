using BankPortal.Core.Analytics.Days;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>The figures of the manager's start page against sums of the movements, by a clock that stands still.</summary>
[UnitTest]
public sealed class BankFigureServiceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 12, 15, 0, 0, TimeSpan.Zero);
    private static readonly Actor Manager = StaffActors.Fresh("meg", BankRoles.Manager);

    private readonly InMemoryBank _bank = new(time: new ManualTime(Now));
    private readonly InMemoryBankDays _store = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(BankRoles.Customer)]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Compliance)]
    [InlineData(BankRoles.Admin)]
    public async Task Read_NotAManager_IsRefused(string role) =>
        Assert.IsType<NotAllowedError>((await Service().ReadAsync(StaffActors.Fresh("tom", role), Currency.Usd, Ct)).Error);

    [Fact]
    public async Task Read_NoDayClosed_HasOnlyWhatMovesToday()
    {
        var (ann, _) = await FillAsync();
        await _bank.PostAsync(ann, -30, kind: TransferKind.Purchase);

        var figures = (await Service().ReadAsync(Manager, Currency.Usd, Ct)).Value;

        Assert.Null(figures.Deposits);
        Assert.Equal((0m, 30m), (figures.Flow.In.Amount, figures.Flow.Out.Amount));
    }

    [Fact]
    public async Task Read_ClosedDays_EqualsTheSumsOfTheMovements()
    {
        var (ann, ben) = await FillAsync();
        await CloseAsync();
        await _bank.PostAsync(ann, -30, kind: TransferKind.Purchase);
        await _bank.PostAsync(ben, 45, kind: TransferKind.Deposit);
        await _bank.PostAsync(ben, 2, kind: TransferKind.Interest);

        var figures = (await Service().ReadAsync(Manager, Currency.Usd, Ct)).Value;

        var balances = (await _bank.FindAsync(ann)).Balance + (await _bank.FindAsync(ben)).Balance;
        var deposits = figures.Deposits!;
        Assert.Equal(balances, deposits.Total);

        // Transfers between customers and interest move nothing across the door.
        Assert.Equal((45m, 30m), (figures.Flow.In.Amount, figures.Flow.Out.Amount));

        // December 1,000; January nothing; February 300 on the 9th and 50 on the 20th; March 200 and today 17.
        Assert.Equal(217m, deposits.NetNew.Amount);
        Assert.Equal(300m, deposits.NetNewBefore.Amount);
        Assert.Equal(1_350m, deposits.MonthBefore.Amount);
        Assert.Equal([1_000m, 0m, 350m, 217m], deposits.Months.Select(month => month.Net.Amount));
        Assert.Equal([1_000m, 1_000m, 1_350m, 1_567m], deposits.Months.Select(month => month.Total.Amount));
        Assert.Equal(new DateOnly(2025, 12, 15), deposits.Since);
        Assert.Equal(30, deposits.Days.Length);
        Assert.Equal((new DateOnly(2026, 3, 12), 15m), (deposits.Days[^1].Day, deposits.Days[^1].Flow.Net.Amount));
        Assert.Equal(8.62m, deposits.UsualIn.Amount);
    }

    [Fact]
    public async Task Read_EndOfMonthAfterAShorterOne_ComparesWithAllOfIt()
    {
        var (ann, _) = await FillAsync();
        _bank.Time.Advance(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero) - Now);
        await CloseAsync();

        var figures = (await Service().ReadAsync(Manager, Currency.Usd, Ct)).Value;

        Assert.Equal(350m, figures.Deposits!.NetNewBefore.Amount);
        Assert.Equal(ann.Currency, figures.Currency);
    }

    [Fact]
    public async Task Read_TwoYears_CostsAFewReads()
    {
        await FillAsync();
        await CloseAsync();
        var before = _store.Reads;

        await Service().ReadAsync(Manager, Currency.Usd, Ct);

        Assert.InRange(_store.Reads - before, 1, 12);
    }

    private BankFigureService Service() =>
        new(new BankDayService(_store, Counter(), _bank.Rules, _bank.Time), _store, _bank.Rules, _bank.Time);

    private BankDayCounter Counter() => new(_bank.Store, _bank.Store, _bank.Rules);

    private Task CloseAsync() =>
        _store.CloseAsync(Counter(), _bank.Rules, new DateOnly(2025, 12, 15), _bank.Rules.DayOf(_bank.Time.GetUtcNow()).AddDays(-1));

    private async Task<(Account Ann, Account Ben)> FillAsync()
    {
        var opened = new DateTimeOffset(2025, 12, 15, 9, 0, 0, TimeSpan.Zero);
        var ann = await OpenAsync("ann", opened);
        var ben = await OpenAsync("ben", opened);
        await _bank.PostAsync(ann, 1_000, kind: TransferKind.Deposit, at: opened.AddHours(1));
        await _bank.PostAsync(ann, 300, kind: TransferKind.Salary, at: new DateTimeOffset(2026, 2, 9, 9, 0, 0, TimeSpan.Zero));
        await _bank.PostAsync(ben, 50, kind: TransferKind.Deposit, at: new DateTimeOffset(2026, 2, 20, 9, 0, 0, TimeSpan.Zero));
        var transfer = new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = "rent",
            Kind = TransferKind.Transfer,
            DebitAccountId = ann.Id,
            CreditAccountId = ben.Id,
            Amount = Money.Of(100, Currency.Usd),
            At = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        };
        Assert.True((await _bank.Ledger.ExecuteAsync(transfer, Ct)).IsSuccess);
        await _bank.PostAsync(ann, 200, kind: TransferKind.Salary, at: new DateTimeOffset(2026, 3, 9, 9, 0, 0, TimeSpan.Zero));
        return (ann, ben);
    }

    private async Task<Account> OpenAsync(string owner, DateTimeOffset at) =>
        (await _bank.Accounts.OpenForAsync(Actor.System, owner, new OpenAccount(owner, AccountType.Checking), null, at, Ct)).Value;
}
