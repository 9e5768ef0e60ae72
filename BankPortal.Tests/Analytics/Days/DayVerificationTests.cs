using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Analytics;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>Closed days compared with the ledger, on real engines.</summary>
[EngineTest]
public sealed class DayVerificationTests
{
    private static readonly DateOnly First = new(2026, 3, 30);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Verify_NothingChanged_SaysThatAllAgree(EngineKind kind)
    {
        await using var world = (await CreateAsync(kind)).World;

        var summary = await world.VerifyAsync();

        Assert.Matches("^[2-9] closed days compared with the ledger, all agree.$", summary);
        Assert.Equal(0, await world.Differences.CountOpenAsync(Ct));
        Assert.Empty(world.Bank.Audit.Records);
    }

    [Theory, EveryEngine]
    public async Task Verify_ThreeNightsOfThree_CompareEveryDay(EngineKind kind)
    {
        await using var world = (await CreateAsync(kind)).World;
        await SetAsync(world, AnalyticsTables.BankDays, ("series", "day#USD"), ("period", "2026-03-31"), "all", Attr.S("9,9,9,9"));

        for (var night = 0; night < 3; night++)
        {
            await world.VerifyAsync();
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        var found = await world.Differences.ListOpenAsync(10, Ct);
        Assert.Contains(found, difference => difference is { Kind: DifferenceKind.BankDayDiffers, AccountId: "USD" }
            && difference.Day == new DateOnly(2026, 3, 31));
    }

    [Theory, EveryEngine]
    public async Task Verify_LedgerRowAltered_IsListedAndAuditedOnceAndClosedWhenMended(EngineKind kind)
    {
        var (world, ann) = await CreateAsync(kind);
        await using var _ = world;
        var entry = (await world.Bank.EntriesAsync(ann)).First(e => world.Bank.Rules.DayOf(e.PostedAt) == First);
        await PutAsync(entry with { Amount = LedgerWorld.Usd(1_000_000) });

        var found = await VerifyAsync(world, First);
        await VerifyAsync(world, First);

        var difference = Assert.Single(found);
        Assert.Equal((DifferenceKind.AccountDayDiffers, ann.Id, (DateOnly?)First), (difference.Kind, difference.AccountId, difference.Day));
        Assert.Equal(difference.Id, Assert.Single(await world.Differences.ListOpenAsync(10, Ct)).Id);
        var record = Assert.Single(world.Bank.Audit.Records);
        Assert.Equal((DayVerification.AuditAction, AuditSubject.Account(ann.Id)), (record.Action, record.Subject));

        await PutAsync(entry);
        Assert.Empty(await VerifyAsync(world, First));
        Assert.Empty(await world.Differences.ListOpenAsync(10, Ct));
        Assert.Equal(difference.Id, Assert.Single(await world.Differences.ListGoneAsync(10, Ct)).Id);

        Task PutAsync(Entry changed) => world.Bank.Database.Client.PutItemAsync(
            world.Bank.Database.TableName(LedgerTables.Entries), world.Bank.LedgerItems.ToItem(changed), Ct);
    }

    [Theory, EveryEngine]
    public async Task Verify_TransferAltered_IsADifferenceOfTheBank(EngineKind kind)
    {
        var (world, ann) = await CreateAsync(kind);
        await using var _ = world;
        var entry = (await world.Bank.EntriesAsync(ann))[0];
        await SetAsync(world, LedgerTables.Transfers, ("transfer_id", entry.TransferId), null, "amount", Attr.N(1));

        var difference = Assert.Single(await VerifyAsync(world, First));

        Assert.Equal((DifferenceKind.BankDayDiffers, "USD"), (difference.Kind, difference.AccountId));
        Assert.NotEqual(difference.Expected, difference.Found);
        Assert.Equal(AuditSubject.Day(First), Assert.Single(world.Bank.Audit.Records).Subject);
    }

    [Theory, EveryEngine]
    public async Task Verify_KeptRowsAltered_AreNamed(EngineKind kind)
    {
        var (world, ann) = await CreateAsync(kind);
        await using var _ = world;
        await SetAsync(world, AnalyticsTables.DaySummaries, ("account_id", ann.Id), ("day_key", "2026-03-30"), "credits", Attr.N(7));
        await SetAsync(world, AnalyticsTables.BankDays, ("series", "month#USD"), ("period", "2026-03-01"), "own", Attr.S("1,0,1,0"));

        Assert.Equal(ann.Id, Assert.Single(await VerifyAsync(world, First)).AccountId);
        Assert.Equal("USD month", Assert.Single(await VerifyAsync(world, new DateOnly(2026, 3, 31))).AccountId);
    }

    [Theory, EveryEngine]
    public async Task Verify_EntryAddedToAClosedDayBehindThePortal_IsFound(EngineKind kind)
    {
        await using var world = (await CreateAsync(kind)).World;
        var late = await world.Bank.OpenAsync("late");
        await world.Bank.MustAsync(new TransferOrder
        {
            Actor = Actor.System,
            IdempotencyKey = "late",
            Kind = TransferKind.Deposit,
            DebitAccountId = GeneralLedger.Cash(Currency.Usd),
            CreditAccountId = late.Id,
            Amount = LedgerWorld.Usd(5),
            At = world.Bank.Rules.StartOf(First).AddHours(12),
        });

        var difference = Assert.Single(await VerifyAsync(world, First));

        Assert.Equal(DifferenceKind.BankDayDiffers, difference.Kind);
    }

    [Theory, EveryEngine]
    public async Task Verify_NothingClosed_SaysSo(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));

        Assert.Equal("No day is closed yet.", await world.VerifyAsync());
    }

    private static async Task<ImmutableArray<Difference>> VerifyAsync(DayCloseWorld world, DateOnly day) =>
        await world.Verification.VerifyAsync(day, new WorkShare(1, world.Clock), Ct);

    private static Task SetAsync(
        DayCloseWorld world,
        TableSpec table,
        (string Name, string Value) key,
        (string Name, string Value)? sort,
        string name,
        AttributeValue value)
    {
        var keys = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [key.Name] = Attr.S(key.Value) };
        if (sort is { } second)
        {
            keys[second.Name] = Attr.S(second.Value);
        }

        return world.Bank.Database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = world.Bank.Database.TableName(table),
                Key = keys,
                UpdateExpression = "SET #name = :value",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#name"] = name },
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":value"] = value },
            },
            Ct);
    }

    // Ann's account has entries on 30 March, 31 March, 1 and 2 April, all of which are closed. It is 3 April.
    private static async Task<(DayCloseWorld World, Account Ann)> CreateAsync(EngineKind kind)
    {
        var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));
        var ann = await world.Bank.OpenAsync("ann", 500);
        for (var day = 0; day < 4; day++)
        {
            await world.PayAsync(ann, 10 + day, TransferKind.Deposit);
            world.Clock.Advance(TimeSpan.FromDays(1));
        }

        await world.CloseAsync();
        return (world, ann);
    }
}
