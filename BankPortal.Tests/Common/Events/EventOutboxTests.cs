using BankPortal.Core.Common.Events;
using BankPortal.Infrastructure.Dynamo.Events;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Common.Events;

/// <summary>The event outbox: written with what happened, read in order, raised once.</summary>
[EngineTest]
public sealed class EventOutboxTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task RaiseAsync_SameIdAgain_StoresItOnce(EngineKind engine)
    {
        await using var fixture = await DynamoFixture.CreateAsync(engine);
        var outbox = NewOutbox(fixture);

        await outbox.RaiseAsync(Event("one", Now), Ct);
        await outbox.RaiseAsync(Event("one", Now.AddMinutes(1)), Ct);
        var waiting = await outbox.ReadAsync(10, ct: Ct);
        await outbox.RemoveAsync(waiting, Ct);
        await outbox.RaiseAsync(Event("one", Now.AddMinutes(2)), Ct);

        var only = Assert.Single(waiting).Event!;
        Assert.Equal(("one", "test", "someone", Now, "12.50"), (only.Id, only.Kind, only.PersonId, only.At, only.Facts["amount"]));
        Assert.Empty(await outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task ReadAsync_EventsOfSeveralPartitions_AreInOrderOfTime(EngineKind engine)
    {
        await using var fixture = await DynamoFixture.CreateAsync(engine);
        var outbox = NewOutbox(fixture);
        foreach (var number in new[] { 5, 2, 9, 1, 7, 3, 8, 4, 6 })
        {
            await outbox.RaiseAsync(Event($"event-{number}", Now.AddSeconds(number)), Ct);
        }

        var read = new List<string>();
        while (await outbox.ReadAsync(2, ct: Ct) is { Count: > 0 } some)
        {
            read.AddRange(some.Select(waiting => waiting.Event!.Id));
            await outbox.RemoveAsync(some, Ct);
        }

        Assert.Equal(Enumerable.Range(1, 9).Select(number => $"event-{number}"), read);
    }

    [Theory, EveryEngine]
    public async Task Commit_OfATransfer_StoresItsEventWithBalances(EngineKind engine)
    {
        await using var world = await LedgerWorld.CreateAsync(engine);
        var outbox = NewOutbox(world.Fixture);
        var ledger = world.NewService(new DynamoLedgerStore(world.Database, world.LedgerItems, world.AccountItems, events: outbox));
        var (from, to) = (await world.OpenAsync("ann", 100), await world.OpenAsync("bob"));

        var transfer = (await ledger.ExecuteAsync(world.Order(from, to, 30), Ct)).Value;

        var happened = Assert.Single(await outbox.ReadAsync(10, ct: Ct)).Event!;
        Assert.Equal(BankEventKinds.LedgerCommitted, happened.Kind);
        Assert.Equal(
            [new LedgerFacts(transfer.Id, "Posted", Settles: false, DebitAfter: 7000, CreditAfter: 3000, HighValues: 0)],
            LedgerFacts.Read(happened.Facts[LedgerFacts.Name]));
    }

    [Theory, EveryEngine]
    public async Task Commit_ThatIsRefused_StoresNoEvent(EngineKind engine)
    {
        await using var world = await LedgerWorld.CreateAsync(engine);
        var outbox = NewOutbox(world.Fixture);
        var ledger = world.NewService(new DynamoLedgerStore(world.Database, world.LedgerItems, world.AccountItems, events: outbox));
        var (from, to) = (await world.OpenAsync("ann", 10), await world.OpenAsync("bob"));

        var result = await ledger.ExecuteAsync(world.Order(from, to, 30), Ct);

        Assert.False(result.IsSuccess);
        Assert.Empty(await outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task Commit_WhoseAnswerIsLost_HasOneEvent(EngineKind engine)
    {
        var lost = new LoseAnswers("TransactWriteItems");
        await using var world = await LedgerWorld.CreateAsync(engine, null, lost);
        var outbox = NewOutbox(world.Fixture);
        var ledger = world.NewService(new DynamoLedgerStore(world.Database, world.LedgerItems, world.AccountItems, events: outbox));
        var (from, to) = (await world.OpenAsync("ann", 100), await world.OpenAsync("bob"));

        lost.Remaining = 1;
        await ledger.ExecuteAsync(world.Order(from, to, 30), Ct);

        Assert.Single(await outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task Account_OpenedAndClosed_HasItsEvents(EngineKind engine)
    {
        await using var world = await LedgerWorld.CreateAsync(engine);
        var outbox = NewOutbox(world.Fixture);
        var accounts = new AccountService(
            new DynamoAccountStore(world.Database, world.AccountItems, outbox),
            new AccountOptions(),
            world.Audit.NewTrail(world.Time),
            world.Conflicts,
            world.StepUp,
            world.Time);
        var ann = Actor.Customer("ann");

        var account = (await accounts.OpenAsync(ann, new OpenAccount("key", AccountType.Savings), Ct)).Value;
        await accounts.RenameAsync(ann, account.Id, "Holidays", Ct);
        await accounts.CloseAsync(ann, account.Id, Ct);

        Assert.Equal(
            [(BankEventKinds.AccountOpened, "ann", account.Id), (BankEventKinds.AccountClosed, "ann", account.Id)],
            (await outbox.ReadAsync(10, ct: Ct)).Select(waiting =>
                (waiting.Event!.Kind, waiting.Event.PersonId, waiting.Event.Facts["account"])));
    }

    [Theory, EveryEngine]
    public async Task Account_OpenedByAnImportInThePast_TellsNobody(EngineKind engine)
    {
        await using var world = await LedgerWorld.CreateAsync(engine);
        var outbox = NewOutbox(world.Fixture);
        var accounts = new AccountService(
            new DynamoAccountStore(world.Database, world.AccountItems, outbox),
            new AccountOptions(),
            world.Audit.NewTrail(world.Time),
            world.Conflicts,
            world.StepUp,
            world.Time);
        var yearAgo = world.Time.GetUtcNow().AddYears(-1);

        var account = await accounts.OpenForAsync(
            Actor.System, "ann", new OpenAccount("key", AccountType.Savings), openedAt: yearAgo, ct: Ct);
        await accounts.CloseForAsync(Actor.System, account.Value.Id, yearAgo.AddDays(1), Ct);

        Assert.Empty(await outbox.ReadAsync(10, ct: Ct));
    }

    private static DynamoEventOutbox NewOutbox(DynamoFixture fixture) => new(
        fixture.Database, new FieldProtector(new EphemeralDataProtectionProvider()), new EventSignal(), TimeProvider.System);

    private static BankEvent Event(string id, DateTimeOffset at) => BankEvent.Of(id, "test", "someone", at, ("amount", "12.50"));
}
