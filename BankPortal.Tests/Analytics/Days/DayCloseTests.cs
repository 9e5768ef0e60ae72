using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Categories;
using BankPortal.Core.Analytics.Days;
using BankPortal.Infrastructure.Analytics;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>Closing days on real engines.</summary>
[EngineTest]
public sealed class DayCloseTests
{
    // 23:00 on the 29th in New York.
    private static readonly DateTimeOffset Start = new(2026, 3, 30, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly First = new(2026, 3, 29);

    [Theory, EveryEngine]
    public async Task Close_ThreeDays_EqualsTheSumsOfEveryEntry(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var accounts = await FillAsync(world);

        await world.CloseAsync();

        Assert.Equal(new DateOnly(2026, 4, 1), await world.Store.FindClosedToAsync());
        var days = await world.Service.ReadDaysAsync(Currency.Usd, First, First.AddDays(3));
        Assert.Equal(4, days.Length);
        foreach (var day in days)
        {
            Assert.True(day.IsClosed);
            var naive = await world.NaiveAsync(day.From, accounts);
            var totals = day.Totals;
            Assert.Equal(naive.GetValueOrDefault("all"), totals.All);
            naive.Remove("all");
            Assert.Equal(
                naive.Select(part => (part.Key, part.Value)),
                totals.Parts
                    .Where(part => part.Key.Split(':')[0] is BankTotals.Kind or BankTotals.Type or BankTotals.Hour)
                    .Select(part => (part.Key, part.Value)));
            foreach (var breakDown in (string[])[BankTotals.Channel, BankTotals.Weekday, BankTotals.Cohort, BankTotals.Hour])
            {
                Assert.Equal(totals.All, totals.By(breakDown).Aggregate(default(FlowSum), (sum, part) => sum.Plus(part.Value)));
            }

            Assert.True(await world.Service.VerifyDayAsync(Currency.Usd, day.From));
        }

        // 03:30 UTC on the 30th is the 29th in New York.
        Assert.Equal("23", Assert.Single(days[0].Totals.By(BankTotals.Hour)).Key);
        Assert.Equal("2026-03", Assert.Single(days[0].Totals.By(BankTotals.Cohort)).Key);
        Assert.Equal("Sunday", Assert.Single(days[0].Totals.By(BankTotals.Weekday)).Key);
    }

    [Theory, EveryEngine]
    public async Task Close_KilledBetweenAnyTwoStepsAndTwoNodesAtOnce_GivesTheSameRows(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        var (one, two) = (world.NewJob(), world.NewJob());
        string? cursor = null;
        while (true)
        {
            // The first node makes the step and dies before its cursor is stored; then both make it at once.
            await world.StepAsync(one, cursor);
            var steps = await Task.WhenAll(world.StepAsync(one, cursor), world.StepAsync(two, cursor));
            if (steps[0].IsDone)
            {
                break;
            }

            cursor = steps[0].Cursor;
        }

        for (var day = First; day <= new DateOnly(2026, 4, 1); day = day.AddDays(1))
        {
            Assert.True(await world.Service.VerifyDayAsync(Currency.Usd, day));
        }

        Assert.Equal(new DateOnly(2026, 4, 1), await world.Store.FindClosedToAsync());
    }

    [Theory, EveryEngine]
    public async Task Close_EndOfMonth_KeepsTheMonthAsTheSumOfItsDays(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        await world.CloseAsync();
        var days = await world.Service.ReadDaysAsync(Currency.Usd, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31));

        var march = Assert.Single(await world.Store.ReadAsync(
            BankPeriodKind.Month, Currency.Usd, new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));

        Assert.Equal(days.Aggregate(BankTotals.None, (sum, day) => sum.Plus(day.Totals)), march.Totals);
        var months = await world.Service.ReadMonthsAsync(Currency.Usd, 2026);
        Assert.Equal([3, 4], months.Where(month => month.Totals.All.Count > 0).Select(month => month.From.Month));
        var year = await world.Service.ReadYearAsync(Currency.Usd, 2026);
        Assert.False(year.IsClosed);
        Assert.Equal(months.Aggregate(BankTotals.None, (sum, month) => sum.Plus(month.Totals)), year.Totals);
    }

    [Theory, EveryEngine]
    public async Task Read_OpenDay_IsComputedFromItsOwnEntries(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var accounts = await FillAsync(world);
        await world.CloseAsync();
        await world.PayAsync(accounts[0], 7, TransferKind.Deposit);
        var today = new DateOnly(2026, 4, 2);

        var day = Assert.Single(await world.Service.ReadDaysAsync(Currency.Usd, today, today.AddDays(30)));

        Assert.False(day.IsClosed);
        Assert.Equal((await world.NaiveAsync(today, accounts))["all"], day.Totals.All);
    }

    [Theory, EveryEngine]
    public async Task ReadDays_ClosedMonth_CostsTwoReads(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        await world.CloseAsync();
        using var requests = world.Bank.Fixture.CountRequests();

        await world.Service.ReadDaysAsync(Currency.Usd, First, new DateOnly(2026, 4, 1));

        Assert.Equal(2, requests.Total);
    }

    [Theory, EveryEngine]
    public async Task VerifyDay_LedgerOrRowChangedBehindThePortal_IsFound(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        await world.CloseAsync();
        Assert.True(await world.Service.VerifyDayAsync(Currency.Usd, First));

        await world.Bank.Database.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = world.Bank.Database.TableName(AnalyticsTables.BankDays),
            Key = new(StringComparer.Ordinal) { ["series"] = Attr.S("day#USD"), ["period"] = Attr.Day(First) },
            UpdateExpression = "SET #all = :all",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#all"] = "all" },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":all"] = Attr.S("1,2,3,4") },
        });

        Assert.False(await world.Service.VerifyDayAsync(Currency.Usd, First));
    }

    [Theory, EveryEngine]
    public async Task TryClose_DayThatIsClosed_ChangesNothing(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        await world.CloseAsync();
        var other = new BankPeriod(First, BankPeriodKind.Day, Currency.Usd, BankTotals.None, true);

        Assert.False(await world.Store.TryCloseAsync(First, null, [other]));
        Assert.False(await world.Store.TryCloseAsync(First, First.AddDays(-1), [other]));
        Assert.False(await world.Store.TryCloseAsync(new DateOnly(2026, 4, 2), new DateOnly(2026, 4, 1), [other]));

        Assert.True(await world.Service.VerifyDayAsync(Currency.Usd, First));
        Assert.Equal(new DateOnly(2026, 4, 1), await world.Store.FindClosedToAsync());
    }

    [Theory, EveryEngine]
    public async Task Close_AccountsWithEntries_HaveTheirDaySummariesWithChecksums(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var accounts = await FillAsync(world);
        await world.CloseAsync();
        var stored = new DynamoAccountDayStore(world.Bank.Database);

        foreach (var account in accounts)
        {
            var now = await world.Bank.ReadAsync(account);
            var days = await stored.ReadAsync(account.Id, DateOnly.MinValue);
            Assert.Equal(now.Sequence, days[^1].LastSequence);
            Assert.Equal(Convert.ToBase64String(now.LastHash.Span), days[^1].LastHash);
            Assert.Empty(await world.AccountDays.VerifyAsync(account.Id, DateOnly.MinValue));
            Assert.Equal(0, await world.AccountDays.RebuildAsync(account.Id));
        }
    }

    [Theory, EveryEngine]
    public async Task Verify_EntryEdited_NamesTheAccountsDay(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var account = (await FillAsync(world))[0];
        await world.CloseAsync();
        var last = (await world.Bank.EntriesAsync(account)).Last(entry => world.Bank.Rules.DayOf(entry.PostedAt) == First.AddDays(1));
        await world.Bank.Database.Client.PutItemAsync(
            world.Bank.Database.TableName(LedgerTables.Entries),
            world.Bank.LedgerItems.ToItem(last with { Amount = LedgerWorld.Usd(1_000_000) }));

        Assert.Equal([First.AddDays(1)], await world.AccountDays.VerifyAsync(account.Id, DateOnly.MinValue));
    }

    [Theory, EveryEngine]
    public async Task TryWrite_ClosedDayOfAnAccount_IsChangedByARebuildOnly(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var account = (await FillAsync(world))[0];
        await world.CloseAsync();
        var store = new DynamoAccountDayStore(world.Bank.Database);
        var days = await store.ReadAsync(account.Id, DateOnly.MinValue);
        var changed = days[0] with { Credits = LedgerWorld.Usd(1) };

        Assert.False(await store.TryWriteAsync(new AccountDayWrite(account.Id, days[^1], [changed], [], days[^1])));
        Assert.Equal(days, await store.ReadAsync(account.Id, DateOnly.MinValue));
        Assert.True(await store.TryWriteAsync(new AccountDayWrite(account.Id, days[^1], [changed], [], days[^1], IsRepair: true)));

        Assert.Equal(1, await world.AccountDays.RebuildAsync(account.Id));
        Assert.Equal(days, await store.ReadAsync(account.Id, DateOnly.MinValue));
    }

    [Theory, EveryEngine]
    public async Task Close_EmptyBank_ClosesNothing(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);

        await world.CloseAsync();

        Assert.Null(await world.Store.FindClosedToAsync());
    }

    [Theory, EveryEngine]
    public async Task Close_BudgetReached_TellsItsCustomerOnce(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        var account = await world.Bank.OpenAsync("ann", 500);
        var other = await world.Bank.OpenAsync("ben", 500);
        await world.Books.TryWriteAsync("ann", new CategoryBook { Budgets = [new("dining", 10_000, "USD")] });
        foreach (var one in new[] { account, other })
        {
            await world.Bank.MustAsync(new TransferOrder
            {
                Actor = Actor.System,
                IdempotencyKey = world.Bank.NextKey(),
                Kind = TransferKind.Purchase,
                DebitAccountId = one.Id,
                CreditAccountId = GeneralLedger.Opposite(TransferKind.Purchase, one.Currency),
                Amount = LedgerWorld.Usd(85),
                Description = "Noodle House",
            });
        }

        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CloseAsync();
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CloseAsync();

        var told = Assert.Single(world.Events.All);
        Assert.Equal(("budget-reached", "ann", "80"), (told.Kind, told.PersonId, told.Facts["percent"]));
    }

    [Theory, EveryEngine]
    public async Task Close_EmptyBank_CostsTwoRequestsANight(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        using var requests = world.Bank.Fixture.CountRequests();

        Assert.Equal(1, await world.CloseAsync());

        Assert.Equal(2, requests.Total);
    }

    [Theory, EveryEngine]
    public async Task Close_TransfersOfTodayOnly_BeginsWithYesterdaySoThatNobodyLooksAgain(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start.AddHours(12));
        var account = await world.Bank.OpenAsync("ann", 5);

        await world.CloseAsync();

        Assert.Equal(First, await world.Store.FindClosedToAsync());
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CloseAsync();
        var day = Assert.Single(await world.Service.ReadDaysAsync(Currency.Usd, First.AddDays(1), First.AddDays(1)));
        Assert.True(day.IsClosed);
        Assert.Equal((await world.NaiveAsync(First.AddDays(1), account))["all"], day.Totals.All);
    }

    [Theory, EveryEngine]
    public async Task Close_MoreAccounts_CostsAReadAndAWriteForEach(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start.AddDays(-10));
        await FillManyAsync(world, 6);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.CloseAsync();
        var six = await CostOfNextAsync(6);

        var twelve = await CostOfNextAsync(12);

        // A read of entries and a write for each account more; nothing else grows.
        Assert.Equal(six + 12, twelve);

        async Task<int> CostOfNextAsync(int accounts)
        {
            await FillManyAsync(world, accounts);
            world.Clock.Advance(TimeSpan.FromDays(1));
            using var requests = world.Bank.Fixture.CountRequests();
            await world.CloseAsync();
            return requests.Total;
        }

        static async Task FillManyAsync(DayCloseWorld world, int accounts)
        {
            for (var i = 0; i < accounts; i++)
            {
                await world.Bank.OpenAsync("owner" + world.Bank.NextKey(), 5);
            }
        }
    }

    [Theory, EveryEngine]
    public async Task Close_SwitchedOff_ClosesNothing(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, Start);
        await FillAsync(world);
        var off = new DayCloseOptions { Enabled = false };
        var job = new DayCloseJob(null!, world.Store, world.Feed, null!, null!, world.Bank.Rules, off, world.Clock);

        Assert.Equal("Switched off by DayClose:Enabled.", (await world.StepAsync(job, null)).Summary);

        Assert.Null(await world.Store.FindClosedToAsync());
    }

    // Entries on the 29th, the 30th and 1 April, none on the 31st; held and refused ones that must not count. It is 2 April at the end.
    private static async Task<Account[]> FillAsync(DayCloseWorld world)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(30));
        var ann = await world.Bank.OpenAsync("ann", 500);
        var savings = await world.Bank.OpenAsync("ann", 0, AccountType.Savings);
        var bob = await world.Bank.OpenAsync("bob", 80);
        world.Clock.Advance(TimeSpan.FromHours(12));
        await world.PayAsync(ann, 1200, TransferKind.Salary);
        await world.PayAsync(ann, -35.5m, TransferKind.Purchase);
        await world.PayAsync(bob, 20, TransferKind.Deposit);
        await world.Bank.MustAsync(world.Bank.Order(ann, savings, 300));
        await world.Bank.MustAsync(world.Bank.Order(ann, bob, 40));
        await world.Bank.MustAsync(world.Bank.Order(ann, bob, 15) with { Hold = true });
        world.Clock.Advance(TimeSpan.FromHours(5));
        await world.PayAsync(savings, 1.25m, TransferKind.Interest);
        world.Clock.Advance(TimeSpan.FromDays(2));
        for (var i = 0; i < 5; i++)
        {
            await world.PayAsync(bob, -1, TransferKind.Payment);
        }

        await world.PayAsync(ann, -2, TransferKind.Fee);
        world.Clock.Advance(TimeSpan.FromDays(1));
        return [ann, savings, bob];
    }
}
