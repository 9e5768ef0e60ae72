using BankPortal.Web.Features.Fraud.Rules;

namespace BankPortal.Tests.Fraud.Rules;

/// <summary>A version in shadow scores live transfers without effect, and the comparison adds up over all nodes.</summary>
[EngineTest]
public sealed class ShadowTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task Transfers_OverTwoNodes_AreAddedUpInTheStore(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var desk = new RuleDesk(new DynamoRuleSetStore(world.Database));
        var shadow = await desk.InShadowAsync();
        using var refresh = desk.NewRefresh(world.RiskRules);
        await refresh.StartAsync();
        var store = new DynamoShadowStore(world.Database, world.Time);
        var (one, two) = (
            new ShadowTally(store, NullLogger<ShadowTally>.Instance),
            new ShadowTally(store, NullLogger<ShadowTally>.Instance)
        );
        var (alice, bob) = (await world.OpenAsync("alice", 50_000), await world.OpenAsync("bob"));

        foreach (var (amount, tally) in new[] { (20m, one), (7_500m, one), (30m, two), (7_100m, two) })
        {
            tally.Note((await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, amount))).Value);
        }

        await one.FlushAsync();
        await two.FlushAsync();
        await two.FlushAsync();

        var read = await store.ReadAsync(shadow.Number, 10);
        Assert.Equal(4, read.Transfers);
        Assert.NotNull(read.Since);
        var stored = (await Task.WhenAll(read.Samples.Select(sample => world.Store.FindTransferAsync(sample.TransferId))))
            .Select(transfer => transfer!.Risk!)
            .ToList();
        Assert.All(read.Samples.Zip(stored), pair =>
            Assert.Equal(
                (pair.First.Live, pair.First.Other, pair.First.OtherScore),
                (pair.Second.Outcome, pair.Second.Shadow!.Outcome, pair.Second.Shadow.Score)
            )
        );
        Assert.Equal(read.Outcomes.Where(outcome => outcome.Live != outcome.Other).Sum(outcome => outcome.Count), read.Samples.Length);
        Assert.Equal(ShadowComparison.Empty, await store.ReadAsync(99, 10));
    }

    [Theory, EveryEngine]
    public async Task Add_ManyAtOnce_LosesNoCount(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [FraudTables.RuleSets]);
        var store = new DynamoShadowStore(fixture.Database, TimeProvider.System);
        var counts = new[]
        {
            new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Hold, 3),
            new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Allow, 1),
        };

        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => store.AddAsync(2, counts, [Sample(i)])));
        await store.AddAsync(2, [], [Sample(0)]);

        var read = await store.ReadAsync(2, 4);
        Assert.Equal(
            [new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Allow, 10), new OutcomeCount(RiskOutcome.Allow, RiskOutcome.Hold, 30)],
            read.Outcomes
        );
        Assert.Equal([9, 8, 7, 6], read.Samples.Select(sample => sample.LiveScore));
    }

    [Fact]
    public async Task Note_SettledReversedAndUnscoredTransfers_AreNotCountedAgain()
    {
        var shadows = new InMemoryShadows();
        var tally = new ShadowTally(shadows, NullLogger<ShadowTally>.Instance);
        var held = Past.Transfer(
            1,
            At,
            new RiskVerdict(RiskOutcome.Hold, 90, 1, ["x"], default) { Shadow = new ShadowVerdict(2, RiskOutcome.Alert, 50) }
        );

        tally.Note(held with { Status = TransferStatus.Held });
        tally.Note(held with { SettledAt = At.AddHours(1) });
        tally.Note(held with { ReversedById = "other" });
        tally.Note(Past.Transfer(2, At, new RiskVerdict(RiskOutcome.Allow, 0, 1, [], default)));
        tally.Note(Past.Transfer(3, At, null));
        await tally.FlushAsync();

        Assert.Equal([new OutcomeCount(RiskOutcome.Hold, RiskOutcome.Alert, 1)], (await shadows.ReadAsync(2, 10)).Outcomes);
        Assert.Equal(held.Id, Assert.Single((await shadows.ReadAsync(2, 10)).Samples).TransferId);
    }

    [Fact]
    public async Task Flush_StoreFails_AddsEverythingTheNextTime()
    {
        var shadows = new InMemoryShadows { Fault = new TimeoutException("no answer") };
        var tally = new ShadowTally(shadows, NullLogger<ShadowTally>.Instance);
        for (var i = 0; i < 50; i++)
        {
            tally.Note(
                Past.Transfer(
                    i,
                    At.AddSeconds(i),
                    new RiskVerdict(RiskOutcome.Allow, 0, 1, [], default) { Shadow = new ShadowVerdict(2, RiskOutcome.Alert, 50) }
                )
            );
        }

        await tally.FlushAsync();
        shadows.Fault = null;
        tally.Note(
            Past.Transfer(
                99,
                At,
                new RiskVerdict(RiskOutcome.Allow, 0, 1, [], default) { Shadow = new ShadowVerdict(2, RiskOutcome.Allow, 0) }
            )
        );
        await tally.FlushAsync();

        var read = await shadows.ReadAsync(2, 100);
        Assert.Equal(51, read.Transfers);
        Assert.Equal(ShadowTally.MaxSamples, read.Samples.Length);
    }

    [Fact]
    public async Task Worker_AddsUpWhileItRunsAndOnceMoreWhenItStops()
    {
        var (shadows, time) = (new InMemoryShadows(), new ManualTime());
        var feed = new TransferFeed(NullLogger<TransferFeed>.Instance);
        using var worker = new ShadowTallyWorker(new ShadowTally(shadows, NullLogger<ShadowTally>.Instance), feed, time);
        await worker.StartAsync(TestContext.Current.CancellationToken);
        var transfer = Past.Transfer(
            1,
            At,
            new RiskVerdict(RiskOutcome.Allow, 0, 1, [], default) { Shadow = new ShadowVerdict(2, RiskOutcome.Alert, 50) }
        );
        for (var i = 0; i < 2_000 && (await shadows.ReadAsync(2, 1)).Transfers == 0; i++)
        {
            feed.Publish(transfer);
            time.Advance(ShadowTallyWorker.Every);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        var counted = (await shadows.ReadAsync(2, 1)).Transfers;
        Assert.True(counted > 0);
        feed.Publish(transfer);
        await worker.StopAsync(TestContext.Current.CancellationToken);

        Assert.True((await shadows.ReadAsync(2, 1)).Transfers > counted);
    }

    [Fact]
    public async Task CompareShadow_ByACustomer_IsRefused()
    {
        var desk = new RuleDesk();
        var shadow = await desk.InShadowAsync();

        Assert.IsType<NotAllowedError>(
            (await desk.Service.CompareShadowAsync(desk.Staff("carl", BankRoles.Customer), shadow.Number)).Error
        );
        Assert.True((await desk.Service.CompareShadowAsync(desk.Adam, shadow.Number)).IsSuccess);
    }

    private static OutcomeSample Sample(int i) => new($"T{i}", At.AddMinutes(i), 100, "USD", RiskOutcome.Allow, i, RiskOutcome.Hold, 90);
}
