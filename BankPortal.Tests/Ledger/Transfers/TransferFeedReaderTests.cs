using BankPortal.Infrastructure.Ledger.Transfers;

namespace BankPortal.Tests.Ledger.Transfers;

/// <summary>The feed of all transfers, read from its index on real engines.</summary>
[EngineTest]
public sealed class TransferFeedReaderTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task ReadPeriod_OverDaysAndShards_IsCompleteAndInOrder(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var reader = new DynamoTransferFeedReader(world.Database, world.LedgerItems);

        // Three days, all shards, written in another order than they happened.
        var transfers = Enumerable.Range(0, 60).Select(i => Sample(i, Midnight.AddHours(-20 + i))).ToList();
        await PutAsync(world, transfers.OrderBy(transfer => transfer.ContentHash, StringComparer.Ordinal));

        var (from, before) = (transfers[3].ChangedAt, transfers[57].ChangedAt);
        var read = await reader.ReadPeriodAsync(from, before).ToListAsync();

        Assert.Equal(transfers[3..57].Select(t => t.Id), read.Select(t => t.Id));
        Assert.Equal(4, read.Select(t => t.Id[^1] % LedgerTables.FeedShards).Distinct().Count());
        Assert.Equal(transfers[3], read[0]);
        Assert.Empty(await reader.ReadPeriodAsync(before, from).ToListAsync());
    }

    [Theory, EveryEngine]
    public async Task ReadPeriod_MoreThanOneRequestGives_GoesOn(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var reader = new DynamoTransferFeedReader(world.Database, world.LedgerItems);

        // Some thirty kilobytes each, so that a shard's megabyte does not hold them all.
        var text = new string('x', 20_000);
        var transfers = Enumerable.Range(0, 200).Select(i => Sample(i, Midnight.AddSeconds(i)) with { Description = text }).ToList();
        await PutAsync(world, transfers);

        using var counter = world.Fixture.CountRequests();
        var read = await reader.ReadPeriodAsync(Midnight, Midnight.AddHours(1)).Select(t => t.Id).ToListAsync();

        Assert.Equal(transfers.Select(t => t.Id), read);
        Assert.True(counter.Total > LedgerTables.FeedShards, "One request per shard was enough: this proves nothing about going on.");
    }

    [Theory, EveryEngine]
    public async Task ReadNewest_MoreThanWanted_GivesTheLastOnesNewestFirst(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var reader = new DynamoTransferFeedReader(world.Database, world.LedgerItems);
        var transfers = Enumerable.Range(0, 40).Select(i => Sample(i, Midnight.AddMinutes(-20 + i))).ToList();
        await PutAsync(world, transfers);
        var end = Midnight.AddDays(1);

        var newest = await reader.ReadNewestAsync(25, Midnight.AddDays(-1), end);
        var bounded = await reader.ReadNewestAsync(25, transfers[30].ChangedAt, end);

        Assert.Equal(Enumerable.Reverse(transfers).Take(25).Select(t => t.Id), newest.Select(t => t.Id));
        Assert.Equal(Enumerable.Reverse(transfers[30..]).Select(t => t.Id), bounded.Select(t => t.Id));
        Assert.Equal(
            [transfers[1].Id, transfers[0].Id],
            (await reader.ReadNewestAsync(25, Midnight.AddDays(-1), transfers[2].ChangedAt)).Select(t => t.Id)
        );
    }

    [Theory, EveryEngine]
    public async Task ReadPeriod_TransferThatWasHeldAndReleased_IsThereOnceWhereItChangedLast(EngineKind kind)
    {
        var time = new ManualTime();
        await using var world = await LedgerWorld.CreateAsync(kind, time);
        var (alice, bob) = (await world.OpenAsync("alice", 5000), await world.OpenAsync("bob"));
        var reader = new DynamoTransferFeedReader(world.Database, world.LedgerItems);
        time.Advance(TimeSpan.FromMinutes(1));
        var start = time.GetUtcNow();
        var held = (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 4800))).Value;
        time.Advance(TimeSpan.FromHours(10));

        var waiting = Assert.Single(await reader.ReadPeriodAsync(start, start.AddDays(1)).ToListAsync());
        var analyst = new Actor("ana", [BankRoles.Analyst]);
        var released = (await world.ScreenedLedger.ReleaseAsync(analyst, held.Id, "spoke with the customer")).Value;
        var settled = Assert.Single(await reader.ReadPeriodAsync(start, start.AddDays(1)).ToListAsync());

        Assert.Equal((TransferStatus.Held, start), (waiting.Status, waiting.ChangedAt));
        Assert.Equal((TransferStatus.Posted, start.AddHours(10)), (settled.Status, settled.ChangedAt));
        Assert.NotEqual(start.UtcDateTime.Date, released.ChangedAt.UtcDateTime.Date);
        Assert.Equal(held.Risk!.Fired, settled.Risk!.Fired);
    }

    private static Transfer Sample(int number, DateTimeOffset at) => new()
    {
        Id = DerivedId.From("feed", number.ToString(CultureInfo.InvariantCulture)),
        Kind = TransferKind.Transfer,
        Status = TransferStatus.Posted,
        DebitAccountId = "a",
        CreditAccountId = "b",
        DebitOwnerId = "alice",
        CreditOwnerId = "bob",
        Amount = LedgerWorld.Usd(1 + number),
        Description = "",
        CreditLabel = "Bob",
        DebitLabel = "Alice",
        InitiatorId = "alice",
        ContentHash = DerivedId.From("order", number.ToString(CultureInfo.InvariantCulture)),
        CreatedAt = at,
        PostedAt = at,
    };

    private static async Task PutAsync(LedgerWorld world, IEnumerable<Transfer> transfers)
    {
        foreach (var transfer in transfers)
        {
            await world.Database.Client.PutItemAsync(world.Database.TableName(LedgerTables.Transfers), world.LedgerItems.ToItem(transfer));
        }
    }
}
