using BankPortal.Core.Analytics.Categories;
using BankPortal.Infrastructure.Analytics;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Analytics;

/// <summary>What the pages with a customer's numbers cost in requests, on real engines: it must not grow with the history.</summary>
[EngineTest]
public sealed class PageCostTests
{
    [Theory, EveryEngine]
    public async Task Pages_ThousandsOfEntries_CostAsManyRequestsAsAHundred(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var actor = Actor.Customer("ann");
        var history = new HistoryService(world.Store, world.AccountStore);
        var store = new DynamoAccountDayStore(world.Database, kind == EngineKind.DynamoDbLocal ? 9 : 90);
        var days = new AccountDayService(store, world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        var dashboards = new DashboardService(world.Accounts, history, days, world.Rules, world.Time);
        var checking = await world.OpenAsync("ann");
        await world.OpenAsync("ann", 20, AccountType.Savings);

        checking = await world.AddHistoryAsync(checking, 100, TimeSpan.FromHours(5));
        var few = await CostsAsync();
        await world.AddHistoryAsync(checking, 2_900, TimeSpan.FromSeconds(10));
        var many = await CostsAsync();

        Assert.Equal(few, many);
        Assert.InRange(many.Dashboard, 1, 7);
        Assert.InRange(many.FirstPage, 1, 4);
        Assert.Equal(many.FirstPage, many.LaterPage);

        // The page itself: accounts and entries; one request more with a category, and when the filters are opened.
        var withBook = new HistoryService(
            world.Store,
            world.AccountStore,
            new CustomerEntryCategories(
                new DynamoCategoryBookStore(world.Database, new FieldProtector(new EphemeralDataProtectionProvider()))));
        var plain = await CostOfAsync(() => withBook.OpenAsync(actor, HistoryFilter.All, null, 25));
        Assert.Equal(many.FirstPage, plain);
        Assert.Equal(
            plain + 1, await CostOfAsync(() => withBook.OpenAsync(actor, new HistoryFilter { CategoryId = "salary" }, null, 25)));
        Assert.Equal(1, await CostOfAsync(() => withBook.CategoriesAsync(actor)));

        // The totals of a filter read a bounded part, however much there is.
        Assert.InRange(await CostOfAsync(() => withBook.TotalAsync(actor, new HistoryFilter { Direction = EntryDirection.In })), 1, 7);

        async Task<(int Dashboard, int FirstPage, int LaterPage)> CostsAsync()
        {
            // The first look sums up what is new and writes it back.
            await dashboards.ReadAsync(actor, 365);
            var dashboard = await CostOfAsync(async () =>
            {
                var read = (await dashboards.ReadAsync(actor, 365)).Value;
                Assert.Equal(Dashboard.RecentCount, read.Recent.Length);
            });
            string? next = null;
            var first = await CostOfAsync(async () =>
            {
                var page = (await history.SearchAsync(actor, HistoryFilter.All, null, 25)).Value;
                Assert.Equal(25, page.Lines.Length);
                next = page.Next;
            });
            var later = await CostOfAsync(async () =>
                Assert.Equal(25, (await history.SearchAsync(actor, HistoryFilter.All, next, 25)).Value.Lines.Length)
            );
            return (dashboard, first, later);
        }

        async Task<int> CostOfAsync(Func<Task> work)
        {
            using var counter = world.Fixture.CountRequests();
            await work();
            return counter.Total;
        }
    }
}
