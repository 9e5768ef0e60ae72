using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Fraud.Engine;

/// <summary>Every transfer is assessed before it is committed, and the ledger follows the verdict.</summary>
[EngineTest]
public sealed class ScreeningTests
{
    private static readonly Actor Analyst = new("ana", [BankRoles.Analyst]);

    [Theory, EveryEngine]
    public async Task Execute_OrdinaryTransfer_IsPostedAndKeepsItsVerdict(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));

        var transfer = (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 20))).Value;

        var stored = (await world.Store.FindTransferAsync(transfer.Id))!;
        Assert.Equal((TransferStatus.Posted, RiskOutcome.Allow, 1), (stored.Status, stored.Risk!.Outcome, stored.Risk.RuleSet));
        Assert.False(stored.IsAlertPending);
        var facts = RiskFacts.Parse(stored.Risk.Facts);
        Assert.Equal((20m, 1m, 1m), (facts[RiskFact.Amount], facts[RiskFact.NewPayee], facts[RiskFact.Debits1h]));
        Assert.Equal(0.02m, facts[RiskFact.BalanceShare]);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_SeveralRulesFire_HoldsWithFundsReservedAndReleasePosts(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 5000), await world.OpenAsync("bob"));

        var held = (await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 4800))).Value;

        Assert.Equal((TransferStatus.Held, RiskOutcome.Hold), (held.Status, held.Risk!.Outcome));
        Assert.Equal(["large-new-payee", "empties-account"], held.Risk.Fired);
        Assert.True((await world.Store.FindTransferAsync(held.Id))!.IsAlertPending);
        Assert.Equal(
            (LedgerWorld.Usd(4800), LedgerWorld.Usd(200)),
            ((await world.ReadAsync(alice)).Held, (await world.ReadAsync(alice)).Available)
        );
        Assert.Equal(held.Id, Assert.Single(await world.Store.ListHeldAsync(new HeldQuery(10))).Id);

        Assert.True((await world.ScreenedLedger.ReleaseAsync(Analyst, held.Id, "spoke with the customer")).IsSuccess);
        Assert.Equal(LedgerWorld.Usd(4800), (await world.ReadAsync(bob)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_BlockedAccount_IsDeclinedOnRecordAndMovesNothing(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));
        await PutOnListAsync(world, bob.Id, RiskLists.Blocked, world.Time.GetUtcNow().AddDays(1));
        var order = world.Order(alice, bob, 10);

        var first = await world.ScreenedLedger.ExecuteAsync(order);
        var again = await world.ScreenedLedger.ExecuteAsync(order);

        Assert.IsType<DeclinedError>(first.Error);
        Assert.IsType<DeclinedError>(again.Error);
        var row = (await world.Store.FindTransferAsync(order.TransferId))!;
        Assert.Equal((TransferStatus.Blocked, RiskOutcome.Block, true), (row.Status, row.Risk!.Outcome, row.IsAlertPending));
        Assert.Equal(
            (LedgerWorld.Usd(1000), 0L),
            ((await world.ReadAsync(alice)).Available, (await world.ReadAsync(alice)).Activity.LimitUsed)
        );
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_ListEntryThatHasExpired_DoesNotCount(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));
        await PutOnListAsync(world, bob.Id, RiskLists.Blocked, world.Time.GetUtcNow().AddMinutes(-1));

        Assert.True((await world.ScreenedLedger.ExecuteAsync(world.Order(alice, bob, 10))).IsSuccess);
    }

    [Theory, EveryEngine]
    public async Task Read_SecurityChangeAndPayee_AreInTheBackground(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));
        var (changed, paid) = (
            new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 2, 1, 8, 0, 0, TimeSpan.Zero)
        );
        await world.Payees.RememberAsync("alice", new Payee(bob.Id, bob.Number, "Bob", paid, paid));
        await world.Database.Client.PutItemAsync(
            world.Database.TableName(IdentityTables.Users),
            new ItemWriter().Set("user_id", "alice").Set("security_changed_at", changed).ToItem());

        var background = await new DynamoRiskBackgroundStore(world.Database).ReadAsync(world.Order(alice, bob, 10), world.Time.GetUtcNow());

        Assert.Equal((changed, paid, true), (background.SecurityChangedAt, background.PayeeSince, background.IsAssessed));
        Assert.Empty(background.Lists);
    }

    [Theory, EveryEngine]
    public async Task Execute_HeldDeposit_ReservesNothingAndCanBeReleasedOrRejected(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var alice = await world.OpenAsync("alice", 10);
        await PutOnListAsync(world, alice.Id, RiskLists.Watched, world.Time.GetUtcNow().AddDays(1));

        var kept = (await world.ScreenedLedger.ExecuteAsync(Deposit(world, alice, 300))).Value;
        var returned = (await world.ScreenedLedger.ExecuteAsync(Deposit(world, alice, 400))).Value;

        Assert.Equal((TransferStatus.Held, TransferStatus.Held), (kept.Status, returned.Status));
        Assert.Equal(LedgerWorld.Usd(10), (await world.ReadAsync(alice)).Balance);
        Assert.True((await world.ScreenedLedger.ReleaseAsync(Analyst, kept.Id, "genuine")).IsSuccess);
        Assert.True((await world.ScreenedLedger.RejectAsync(Analyst, returned.Id, "not genuine")).IsSuccess);
        Assert.Equal(
            (LedgerWorld.Usd(310), LedgerWorld.Usd(0)),
            ((await world.ReadAsync(alice)).Balance, (await world.ReadAsync(alice)).Held)
        );
        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task Execute_BackgroundCannotBeRead_HoldsTheTransfer()
    {
        var bank = new InMemoryBank(screening: Screening(new Backgrounds(() => throw new TimeoutException("no answer"))));
        var (alice, bob) = (await bank.OpenAsync(Actor.Customer("alice"), 1000), await bank.OpenAsync(Actor.Customer("bob")));

        var transfer = (await bank.Ledger.ExecuteAsync(Order(alice, bob))).Value;

        Assert.Equal((TransferStatus.Held, RiskOutcome.Hold), (transfer.Status, transfer.Risk!.Outcome));
        Assert.Equal([FraudScreening.NotAssessable], transfer.Risk.Fired);
    }

    [Fact]
    public async Task Execute_BackgroundIsSlow_HoldsTheTransferWhenTheBudgetIsSpent()
    {
        var never = new TaskCompletionSource<RiskBackground>();
        var time = new ManualTime();
        var bank = new InMemoryBank(screening: Screening(new Backgrounds(() => never.Task), time));
        var (alice, bob) = (await bank.OpenAsync(Actor.Customer("alice"), 1000), await bank.OpenAsync(Actor.Customer("bob")));

        var waiting = bank.Ledger.ExecuteAsync(Order(alice, bob));
        while (!waiting.IsCompleted)
        {
            bank.Time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        var transfer = (await waiting).Value;
        Assert.Equal((TransferStatus.Held, FraudScreening.NotAssessable), (transfer.Status, transfer.Risk!.Fired[0]));
    }

    [Fact]
    public async Task Execute_OrderOfTheBankItself_IsNotHeldButKeepsItsFacts()
    {
        var bank = new InMemoryBank(screening: Screening(new Backgrounds(() => throw new InvalidOperationException("must not be asked"))));
        var (alice, bob) = (await bank.OpenAsync(Actor.Customer("alice"), 50_000), await bank.OpenAsync(Actor.Customer("bob")));

        var transfer = (
            await bank.Ledger.ExecuteAsync(Order(alice, bob) with { Actor = Actor.System, Amount = LedgerWorld.Usd(20_000) })
        ).Value;

        Assert.Equal((TransferStatus.Posted, RiskOutcome.Allow, 0), (transfer.Status, transfer.Risk!.Outcome, transfer.Risk.RuleSet));
        Assert.Equal(20_000m, RiskFacts.Parse(transfer.Risk.Facts)[RiskFact.Amount]);
    }

    private static FraudScreening Screening(IRiskBackgroundStore backgrounds, TimeProvider? time = null) =>
        new(
            new RulesInForce(),
            new RiskFactSheet(new LedgerOptions { TimeZone = "UTC" }),
            backgrounds,
            new FraudOptions(),
            time ?? new ManualTime(),
            NullLogger<FraudScreening>.Instance
        );

    private static TransferOrder Order(Account from, Account to) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = "k",
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(10),
    };

    private static TransferOrder Deposit(LedgerWorld world, Account account, decimal amount) => new()
    {
        Actor = Actor.Customer(account.OwnerId),
        IdempotencyKey = world.NextKey(),
        Kind = TransferKind.Deposit,
        DebitAccountId = GeneralLedger.Cash(Currency.Usd),
        CreditAccountId = account.Id,
        Amount = LedgerWorld.Usd(amount),
    };

    private static Task PutOnListAsync(LedgerWorld world, string subject, string list, DateTimeOffset until) =>
        world.Database.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = world.Database.TableName(FraudTables.Lists),
                Item = new ItemWriter()
                    .Set("subject_id", subject)
                    .Set(list + "_until", until)
                    .Set("listed", "listed")
                    .Set("changed_at", until)
                    .ToItem(),
            }
        );

    private sealed class Backgrounds(Func<Task<RiskBackground>> read) : IRiskBackgroundStore
    {
        public Task<RiskBackground> ReadAsync(TransferOrder order, DateTimeOffset now, CancellationToken ct = default) => read();
    }
}
