using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Ledger.Verification;
using BankPortal.Web.Hosting.Commands;

namespace BankPortal.Tests.Analytics;

[EngineTest]
public sealed class AccountDayStoreTests
{
    [Theory, EveryEngine]
    public async Task Write_DaysAndOpenDay_ReadsBackTheSame(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, AnalyticsTables.All);
        var store = new DynamoAccountDayStore(fixture.Database);
        AccountDay[] days = [Day(1), Day(3), Day(4)];

        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", null, [days[0], days[1]], [], days[2])));

        Assert.Equal(days, await store.ReadAsync("a", new DateOnly(2026, 1, 1)));
        Assert.Equal(days[1..], await store.ReadAsync("a", days[1].Day));
        Assert.Equal(days[2..], await store.ReadAsync("a", new DateOnly(2027, 1, 1)));
        Assert.Empty(await store.ReadAsync("b", DateOnly.MinValue));
    }

    [Theory, EveryEngine]
    public async Task Write_OpenDayIsAnother_WritesNothing(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, AnalyticsTables.All);
        var store = new DynamoAccountDayStore(fixture.Database);
        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", null, [], [], Day(1))));

        Assert.False(await store.TryWriteAsync(new AccountDayWrite("a", null, [Day(1)], [], Day(2))));
        Assert.False(await store.TryWriteAsync(new AccountDayWrite("a", Day(2), [Day(1)], [], Day(3))));
        Assert.False(await store.TryWriteAsync(new AccountDayWrite("b", Day(1), [], [], null)));

        Assert.Equal([Day(1)], await store.ReadAsync("a", DateOnly.MinValue));
    }

    [Theory, EveryEngine]
    public async Task Write_ManyAtOnce_OneWins(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, AnalyticsTables.All);
        var store = new DynamoAccountDayStore(fixture.Database);
        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", null, [], [], Day(1))));

        var results = await Task.WhenAll(Enumerable.Range(2, 8).Select(i =>
            Task.Run(() => store.TryWriteAsync(new AccountDayWrite("a", Day(1), [Day(1)], [], Day(i))))));

        Assert.Single(results, won => won);
        Assert.Equal(2, (await store.ReadAsync("a", DateOnly.MinValue)).Count);
    }

    [Theory, EveryEngine]
    public async Task Write_RemovedDaysAndNoOpenDay_LeavesNone(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, AnalyticsTables.All);
        var store = new DynamoAccountDayStore(fixture.Database);
        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", null, [Day(1), Day(2)], [], Day(3))));

        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", Day(3), [], [Day(1).Day, Day(2).Day], null)));
        Assert.True(await store.TryWriteAsync(new AccountDayWrite("a", null, [Day(5)], [], null)));

        Assert.Equal([Day(5)], await store.ReadAsync("a", DateOnly.MinValue));
    }

    [Theory, EveryEngine]
    public async Task Rebuild_OverALongHistory_GivesTheSameDays(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);

        // Amazon's engine of 2020 takes ten rows in one transaction.
        var store = new DynamoAccountDayStore(world.Database, kind == EngineKind.DynamoDbLocal ? 9 : 90);
        var service = new AccountDayService(store, world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        var account = await world.AddHistoryAsync(await world.OpenAsync("ann"), 400, TimeSpan.FromHours(13));
        var days = (await service.ReadAsync(account, DateOnly.MinValue)).Days;
        Assert.Equal(days, await store.ReadAsync(account.Id, DateOnly.MinValue));

        Assert.Equal(0, await service.RebuildAsync(account.Id));
        Assert.True(
            await store.TryWriteAsync(
                new AccountDayWrite(
                    account.Id, days[^1], [days[7] with { CreditCount = 99 }], [days[9].Day], days[^1], IsRepair: true)
            )
        );

        Assert.Equal(2, await service.RebuildAsync(account.Id));
        Assert.Equal(days, await store.ReadAsync(account.Id, DateOnly.MinValue));
    }

    [Fact]
    public async Task RebuildDays_Command_SumsUpEveryAccount()
    {
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide);
        var store = new DynamoAccountDayStore(world.Database);
        var service = new AccountDayService(store, world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        var first = await world.AddHistoryAsync(await world.OpenAsync("ann"), 30, TimeSpan.FromDays(1));
        var second = await world.OpenAsync("bob", 10);
        var command = new RebuildDaysCommand(
            new DynamoLedgerAudit(world.Database, world.LedgerItems, world.AccountItems),
            service,
            world.Time
        );

        Assert.Equal(ExitCodes.Ok, await command.RunAsync(RebuildDaysCommand.Define().Parse([])));

        Assert.Equal(first.Balance, (await store.ReadAsync(first.Id, DateOnly.MinValue))[^1].Closing);
        Assert.Equal(second.Balance, (await store.ReadAsync(second.Id, DateOnly.MinValue))[^1].Closing);
        Assert.Equal(0, await service.RebuildAsync(first.Id));
    }

    private static AccountDay Day(int number)
    {
        var amount = Money.Of(number, Currency.Eur);
        return new AccountDay
        {
            AccountId = "a",
            Day = new DateOnly(2026, 11, number),
            FirstSequence = number,
            LastSequence = number,
            LastAt = new DateTimeOffset(2026, 11, number, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999),
            Closing = -amount,
            Credits = amount + amount,
            Debits = amount,
            CreditCount = number,
            DebitCount = 0,
            OwnCredits = amount,
            OwnDebits = Money.Zero(Currency.Eur),
            CreditsByKind = KindAmounts.None.Plus(TransferKind.Salary, number).Plus(TransferKind.Transfer, 2),
        };
    }
}
