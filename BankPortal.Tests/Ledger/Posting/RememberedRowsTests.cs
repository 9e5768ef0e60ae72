namespace BankPortal.Tests.Ledger.Posting;

/// <summary>A service decides on rows it has just written without reading them: what that saves, and that it risks nothing.</summary>
[EngineTest]
public sealed class RememberedRowsTests
{
    [Theory, EveryEngine]
    public async Task Execute_AccountsJustWritten_TakesOneRoundTrip(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));
        await world.MustAsync(world.Order(alice, bob, 1));

        using var counter = world.Fixture.CountRequests();
        await world.MustAsync(world.Order(bob, alice, 2));

        Assert.Equal((1, 1), (counter.Total, counter["TransactWriteItems"]));
        await AssertBalancesAsync(world, (alice, 101), (bob, 99));
    }

    [Theory, EveryEngine]
    public async Task Execute_AccountChangedByAnotherNode_ReadsAndGoesOn(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));
        Assert.True((await world.NewService().ExecuteAsync(world.Order(alice, bob, 10))).IsSuccess);

        using var counter = world.Fixture.CountRequests();
        await world.MustAsync(world.Order(alice, bob, 20));

        Assert.Equal((2, 1), (counter["TransactWriteItems"], counter["BatchGetItem"]));
        await AssertBalancesAsync(world, (alice, 70), (bob, 130));
    }

    [Theory, EveryEngine]
    public async Task Execute_RefusedByWhatIsRemembered_IsDecidedOnWhatIsThere(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 10), await world.OpenAsync("bob", 100));
        Assert.True((await world.NewService().ExecuteAsync(world.Order(bob, alice, 90))).IsSuccess);

        // By what this service wrote last there are ten.
        await world.MustAsync(world.Order(alice, bob, 95));
        var tooMuch = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 6));

        Assert.Equal(new InsufficientFundsError(LedgerWorld.Usd(5)), tooMuch.Error);
        await AssertBalancesAsync(world, (alice, 5), (bob, 105));
    }

    [Theory, EveryEngine]
    public async Task Execute_HoldTowardsAnAccountClosedMeanwhile_IsRefused(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 10), await world.OpenAsync("bob", 5));
        await world.MustAsync(world.Order(bob, alice, 5));
        Assert.True((await world.Accounts.CloseAsync(Actor.Customer("bob"), bob.Id)).IsSuccess);

        // A hold writes the payer's row only, so nothing at the commit would prove what is remembered of the other.
        var result = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 1) with { Hold = true });

        Assert.IsType<CreditAccountClosedError>(result.Error);
    }

    [Theory, EveryEngine]
    public async Task Execute_AccountFrozenMeanwhile_LetsNothingOut(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));
        var analyst = StaffActors.Fresh("analyst", BankRoles.Analyst);
        Assert.True((await world.Accounts.FreezeAsync(analyst, alice.Id, "because")).IsSuccess);

        var result = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 1));

        Assert.IsType<DebitAccountFrozenError>(result.Error);
        await AssertBalancesAsync(world, (alice, 100), (bob, 100));
    }

    [Theory, EveryEngine]
    public async Task Execute_SameKeyAgain_GivesTheFirstResult(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));
        var first = await world.MustAsync(world.Order(alice, bob, 10, "form"));

        var again = await world.MustAsync(world.Order(alice, bob, 10, "form"));
        var other = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 11, "form"));

        Assert.Equal(first, again);
        Assert.IsType<IdempotencyKeyReusedError>(other.Error);
        await AssertBalancesAsync(world, (alice, 90), (bob, 110));
    }

    [Fact]
    public async Task Execute_AfterAWhile_ReadsAgain()
    {
        var time = new ManualTime();
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, time);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));

        time.Advance(world.Options.RememberRowsFor);
        using var counter = world.Fixture.CountRequests();
        await world.MustAsync(world.Order(alice, bob, 1));

        Assert.Equal((1, 1), (counter["BatchGetItem"], counter["TransactWriteItems"]));
    }

    [Fact]
    public async Task Execute_CommitOnRememberedRowsWithoutAnswer_HasOneEffect()
    {
        var lose = new LoseAnswers("TransactWriteItems");
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, interceptors: lose);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 100));
        await world.MustAsync(world.Order(alice, bob, 1));

        lose.Remaining = 10;
        var transfer = await world.MustAsync(world.Order(alice, bob, 10));

        Assert.Equal(TransferStatus.Posted, transfer.Status);
        await AssertBalancesAsync(world, (alice, 89), (bob, 111));
    }

    private static async Task AssertBalancesAsync(LedgerWorld world, params (Account Account, decimal Balance)[] expected)
    {
        foreach (var (account, balance) in expected)
        {
            Assert.Equal(LedgerWorld.Usd(balance), (await world.ReadAsync(account)).Balance);
        }

        await world.AssertCleanAsync();
    }
}
