using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Months;
using BankPortal.Core.Analytics.Reports;
using BankPortal.Infrastructure.Analytics;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Analytics;

[EngineTest]
public sealed class AnalyticsStoreTests
{
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    [Theory, EveryEngine]
    public async Task Book_Written_ReadsBackTheSameAndIsEncrypted(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, AnalyticsTables.All);
        var store = new DynamoCategoryBookStore(fixture.Database, Protector);
        var book = new CategoryBook
        {
            Own = [new("own-1", "Cats")],
            Rules = [new("rule-1", "vet", false, false, "own-1")],
            Corrections = [new("T1", new(2026, 2, 28), new(TransferKind.Purchase, false, false, "Vet", "x"), 500, "USD", [new("own-1", 500)])],
            Budgets = [new("own-1", 5_000, "USD")],
            Goals = [new("goal-1", "Bicycle", 90_000, "USD", "a", new(2027, 1, 1), "order-1")],
        };
        Assert.Equal(0, (await store.ReadAsync("ann")).Version);

        Assert.True(await store.TryWriteAsync("ann", book));
        Assert.False(await store.TryWriteAsync("ann", book));

        var read = await store.ReadAsync("ann");
        Assert.Equal(1, read.Version);
        Assert.Equal(book.Own, read.Own);
        Assert.Equal(book.Rules, read.Rules);
        Assert.Equal(book.Budgets, read.Budgets);
        Assert.Equal(book.Goals, read.Goals);
        var many = await store.ReadManyAsync([.. Enumerable.Range(0, 150).Select(i => $"nobody{i}"), "ann", "ann"]);
        Assert.Equal(book.Goals, Assert.Single(many, one => one.Key == "ann").Value.Goals);
        Assert.Single(many);
        Assert.Equal(book.Corrections[0].Traits, read.Corrections[0].Traits);
        Assert.Equal(book.Corrections[0].Parts, read.Corrections[0].Parts);
        Assert.True(await store.TryWriteAsync("ann", read));
        Assert.False(await store.TryWriteAsync("ann", read));
    }

    [Theory, EveryEngine]
    public async Task Analytics_ThousandsOfEntries_CostAsManyRequestsAsAHundred(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var actor = Actor.Customer("ann");
        var months = new AccountMonthService(
            new DynamoAccountMonthStore(world.Database, Protector), world.Store, world.Rules, NullLogger<AccountMonthService>.Instance);
        var days = new AccountDayService(
            new DynamoAccountDayStore(world.Database, 9), world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        var service = new AnalyticsService(
            world.Accounts, new DynamoCategoryBookStore(world.Database, Protector), days, months, world.Rules, world.Time);
        var account = await world.OpenAsync("ann");
        account = await world.AddHistoryAsync(account, 100, TimeSpan.FromHours(5));
        var few = await CostAsync();
        await world.AddHistoryAsync(account, 2_900, TimeSpan.FromSeconds(10));
        var many = await CostAsync();

        Assert.Equal(few, many);
        Assert.InRange(many, 1, 7);

        async Task<int> CostAsync()
        {
            // The first look sums up what is new and writes it back.
            var period = AnalyticsPeriod.Month(service.Today);
            await service.ReadAsync(actor, period);
            using var counter = world.Fixture.CountRequests();
            Assert.True((await service.ReadAsync(actor, period)).IsSuccess);
            return counter.Total;
        }
    }
}
