namespace BankPortal.Tests.Ledger.Posting;

/// <summary>Requests of one process for the same accounts: they wait for each other or share a commit, and never compete.</summary>
[UnitTest]
public sealed class OrderQueueTests
{
    private static readonly Actor Analyst = new("analyst", [BankRoles.Analyst]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_DebitAccountIsCreditedByAnother_WaitsAndSendsOneCommitEach()
    {
        var (bank, accounts) = await OpenAsync(3);
        var gate = HoldNextCommit(bank);
        var first = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 60), Ct);

        // Covered only by what the first brings.
        var second = bank.Ledger.ExecuteAsync(Order(bank, accounts[1], accounts[2], 150), Ct);
        Assert.Equal(1, bank.Store.CommitCalls - gate.Before);
        gate.Open.SetResult();

        Assert.True((await first).IsSuccess);
        Assert.True((await second).IsSuccess);
        Assert.Equal((2, 0), (bank.Store.CommitCalls - gate.Before, bank.Store.StaleCommits));
    }

    [Fact]
    public async Task Execute_OtherAccounts_DoNotWait()
    {
        var (bank, accounts) = await OpenAsync(4);
        var gate = HoldNextCommit(bank);
        var held = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 1), Ct);

        Assert.True((await bank.Ledger.ExecuteAsync(Order(bank, accounts[2], accounts[3], 1), Ct)).IsSuccess);

        Assert.False(held.IsCompleted);
        gate.Open.SetResult();
        Assert.True((await held).IsSuccess);
    }

    [Fact]
    public async Task Execute_ManyWaitForSharedAccounts_ShareOneCommit()
    {
        var (bank, accounts) = await OpenAsync(6);
        var gate = HoldNextCommit(bank);
        var first = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 1), Ct);
        var waiting = Enumerable
            .Range(0, 5)
            .Select(i => bank.Ledger.ExecuteAsync(Order(bank, accounts[i], accounts[i + 1], 2 + i), Ct))
            .ToList();
        gate.Open.SetResult();

        Assert.True((await first).IsSuccess);
        Assert.All(await Task.WhenAll(waiting), result => Assert.True(result.IsSuccess, result.Error?.ToString()));
        Assert.Equal((2, 0), (bank.Store.CommitCalls - gate.Before, bank.Store.StaleCommits));
    }

    [Fact]
    public async Task Execute_ManyOverFewAccounts_SendNoMoreCommitsThanOrdersAndLoseNone()
    {
        var (bank, accounts) = await OpenAsync(6);
        bank.Store.CommitsYield = true;
        var before = bank.Store.CommitCalls;
        var random = new Random(7);
        var orders = Enumerable
            .Range(0, 600)
            .Select(i => Order(bank, accounts[i % 6], accounts[(i + random.Next(1, 6)) % 6], 0.01m * random.Next(1, 20)))
            .ToList();

        var results = await Task.WhenAll(orders.Select(order => Task.Run(() => bank.Ledger.ExecuteAsync(order, Ct))))
            .WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.All(results, result => Assert.True(result.IsSuccess, result.Error?.ToString()));
        Assert.Equal(0, bank.Store.StaleCommits);
        Assert.InRange(bank.Store.CommitCalls - before, 1, orders.Count);
        Assert.Equal(600m, (await Task.WhenAll(accounts.Select(bank.FindAsync))).Sum(account => account.Balance.Amount));
    }

    [Fact]
    public async Task Execute_CirclesAndSettlements_AllFinishWithoutLosingARace()
    {
        var (bank, accounts) = await OpenAsync(3);
        bank.Store.CommitsYield = true;
        (int From, int To)[] circles = [(0, 1), (1, 0), (1, 2), (2, 0), (2, 1), (0, 2)];

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => Task.Run(async () =>
        {
            var (from, to) = circles[i % circles.Length];
            var order = Order(bank, accounts[from], accounts[to], 0.1m) with { Hold = i % 4 == 0 };
            var transfer = (await bank.Ledger.ExecuteAsync(order, Ct)).Value;
            if (order.Hold)
            {
                transfer = (await bank.Ledger.ReleaseAsync(Analyst, transfer.Id, "checked", Ct)).Value;
            }

            Assert.Equal(TransferStatus.Posted, transfer.Status);
            Assert.True(i % 3 > 0 || (await bank.Ledger.ReverseAsync(Analyst, transfer.Id, "wrong", mayOverdraw: false, Ct)).IsSuccess);
        }))).WaitAsync(TimeSpan.FromMinutes(1), Ct);

        Assert.Equal(0, bank.Store.StaleCommits);
        Assert.Equal(300m, (await Task.WhenAll(accounts.Select(bank.FindAsync))).Sum(account => account.Balance.Amount));
    }

    [Fact]
    public async Task Execute_WaitCancelled_IsNotCarriedOutAndKeepsNobodyWaiting()
    {
        var (bank, accounts) = await OpenAsync(4);
        var gate = HoldNextCommit(bank);
        var first = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 1), Ct);
        using var cancel = new CancellationTokenSource();
        var cancelled = bank.Ledger.ExecuteAsync(Order(bank, accounts[1], accounts[2], 1), cancel.Token);
        var behind = bank.Ledger.ExecuteAsync(Order(bank, accounts[2], accounts[3], 1), Ct);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True((await behind).IsSuccess);
        Assert.False(first.IsCompleted);
        gate.Open.SetResult();
        Assert.True((await first).IsSuccess);
        Assert.Equal(2, bank.Store.CommitCalls - gate.Before);
    }

    [Fact]
    public async Task Release_AccountInUse_WaitsAndLosesNoRace()
    {
        var (bank, accounts) = await OpenAsync(3);
        var held = (await bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 5) with { Hold = true }, Ct)).Value;
        var gate = HoldNextCommit(bank);
        var first = bank.Ledger.ExecuteAsync(Order(bank, accounts[1], accounts[2], 1), Ct);

        var release = bank.Ledger.ReleaseAsync(Analyst, held.Id, "checked", Ct);
        var behind = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[2], 1), Ct);
        Assert.Equal(1, bank.Store.CommitCalls - gate.Before);
        gate.Open.SetResult();

        Assert.True((await first).IsSuccess);
        Assert.Equal(TransferStatus.Posted, (await release).Value.Status);
        Assert.True((await behind).IsSuccess);
        Assert.Equal((3, 0), (bank.Store.CommitCalls - gate.Before, bank.Store.StaleCommits));
    }

    [Fact]
    public async Task Execute_OneOfAGroupIsBlocked_IsDeclinedOnRecordAndTheOthersArePosted()
    {
        var (bank, accounts) = await OpenAsync(3, new BlocksAmount(13));
        var gate = HoldNextCommit(bank);
        var first = bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 1), Ct);
        var blocked = Order(bank, accounts[1], accounts[2], 13);
        var waiting = new[]
        {
            bank.Ledger.ExecuteAsync(Order(bank, accounts[0], accounts[1], 2), Ct), bank.Ledger.ExecuteAsync(blocked, Ct),
            bank.Ledger.ExecuteAsync(Order(bank, accounts[2], accounts[1], 3), Ct),
        };
        gate.Open.SetResult();
        await first;

        var results = await Task.WhenAll(waiting);

        Assert.Equal([true, false, true], results.Select(result => result.IsSuccess));
        Assert.IsType<DeclinedError>(results[1].Error);
        Assert.IsType<DeclinedError>((await bank.Ledger.ExecuteAsync(blocked, Ct)).Error);
        Assert.Equal(TransferStatus.Blocked, (await bank.Ledger.FindByKeyAsync(blocked.Actor, blocked.IdempotencyKey, Ct))!.Status);
        Assert.Equal((106m, 97m), ((await bank.FindAsync(accounts[1])).Balance.Amount, (await bank.FindAsync(accounts[2])).Balance.Amount));
        Assert.Equal(2, bank.Store.CommitCalls - gate.Before);
    }

    [Fact]
    public async Task ExecuteInOrder_ManyOfOneAccount_ShareCommitsAndKeepTheirOrder()
    {
        var (bank, accounts) = await OpenAsync(1);
        var before = bank.Store.CommitCalls;
        var orders = Enumerable.Range(1, 60).Select(i => Booking(bank, accounts[0], i % 2 == 0 ? -i : i)).ToList();

        var results = await bank.Ledger.ExecuteInOrderAsync(orders, Ct);

        Assert.Equal(orders.Select(order => order.TransferId), results.Select(result => result.Value.Id));
        Assert.Equal(
            Enumerable.Range(2, 60), results.Select(result => (int)Math.Max(result.Value.DebitSequence, result.Value.CreditSequence)));
        Assert.Equal(3, bank.Store.CommitCalls - before);
    }

    [Fact]
    public async Task ExecuteInOrder_OneIsRefused_IsRefusedAtItsPlaceAndTheOthersArePosted()
    {
        var (bank, accounts) = await OpenAsync(1);
        decimal[] amounts = [-90, -11, 50, -60, 1];

        var results = await bank.Ledger.ExecuteInOrderAsync([.. amounts.Select(amount => Booking(bank, accounts[0], amount))], Ct);

        Assert.Equal([true, false, true, true, true], results.Select(result => result.IsSuccess));
        Assert.Equal(LedgerWorld.Usd(10), Assert.IsType<InsufficientFundsError>(results[1].Error).Available);
        Assert.Equal(1m, (await bank.FindAsync(accounts[0])).Balance.Amount);
    }

    [Fact]
    public async Task ExecuteInOrder_AgainAndLonger_PostsOnlyWhatIsNew()
    {
        var (bank, accounts) = await OpenAsync(1);
        var orders = Enumerable.Range(1, 30).Select(i => Booking(bank, accounts[0], i)).ToList();
        await bank.Ledger.ExecuteInOrderAsync([.. orders.Take(10)], Ct);

        var results = await bank.Ledger.ExecuteInOrderAsync([.. orders, orders[3]], Ct);

        Assert.Equal(31, results.Count(result => result.IsSuccess));
        Assert.Equal(results[3].Value.Id, results[30].Value.Id);
        Assert.Equal(100 + (30 * 31 / 2), (await bank.FindAsync(accounts[0])).Balance.Amount);
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 0, 3)]
    public async Task ExecuteInOrder_CommitsFailOrLoseTheirAnswer_EachIsPostedOnceAndInOrder(int failed, int lost, int races)
    {
        var (bank, accounts) = await OpenAsync(1);
        bank.Store.FailCommitsBeforeWriting(failed);
        bank.Store.LoseAnswersOfCommits(lost);
        bank.Store.LoseRaces(races);

        var results = await bank.Ledger.ExecuteInOrderAsync(
            [.. Enumerable.Range(1, 30).Select(i => Booking(bank, accounts[0], i % 3 == 0 ? -i : i))], Ct);

        Assert.Equal(30, results.Count(result => result.IsSuccess));
        Assert.Equal(
            Enumerable.Range(2, 30), results.Select(result => (int)Math.Max(result.Value.DebitSequence, result.Value.CreditSequence)));
    }

    [Fact]
    public async Task ExecuteInOrder_StoreIsGone_EndsWithTheFirstThatGotNoAnswer()
    {
        var (bank, accounts) = await OpenAsync(1);
        bank.Store.FailCommitsBeforeWriting(20);

        var results = await bank.Ledger.ExecuteInOrderAsync([.. Enumerable.Range(1, 30).Select(i => Booking(bank, accounts[0], i))], Ct);

        Assert.IsType<OutcomeUnknownError>(Assert.Single(results).Error);
        Assert.Equal(100m, (await bank.FindAsync(accounts[0])).Balance.Amount);
    }

    private static TransferOrder Booking(InMemoryBank bank, Account account, decimal amount) => new()
    {
        Actor = Actor.System,
        IdempotencyKey = bank.NextKey(),
        Kind = TransferKind.Payment,
        DebitAccountId = amount < 0 ? account.Id : GeneralLedger.Clearing(account.Currency),
        CreditAccountId = amount < 0 ? GeneralLedger.Clearing(account.Currency) : account.Id,
        Amount = LedgerWorld.Usd(Math.Abs(amount)),
    };

    private static async Task<(InMemoryBank Bank, Account[] Accounts)> OpenAsync(int count, ITransferScreening? screening = null)
    {
        var bank = new InMemoryBank(screening: screening);
        var accounts = new Account[count];
        for (var i = 0; i < count; i++)
        {
            accounts[i] = await bank.OpenAsync(Actor.Customer($"user{i}"), 100);
        }

        return (bank, accounts);
    }

    private static (TaskCompletionSource Open, int Before) HoldNextCommit(InMemoryBank bank)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bank.Store.NextCommitWaitsFor(open.Task);
        return (open, bank.Store.CommitCalls);
    }

    private static TransferOrder Order(InMemoryBank bank, Account from, Account to, decimal amount) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = bank.NextKey(),
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(amount),
        DuplicateConfirmed = true,
    };

    private sealed class BlocksAmount(decimal amount) : ITransferScreening
    {
        public TimeSpan Budget => Timeout.InfiniteTimeSpan;

        public Task<RiskBackground> GatherAsync(TransferOrder order, CancellationToken ct = default) =>
            Task.FromResult(RiskBackground.NotAssessed);

        public RiskVerdict? Assess(TransferCandidate candidate, RiskBackground background) =>
            new(candidate.Transfer.Amount.Amount == amount ? RiskOutcome.Block : RiskOutcome.Allow, 0, 1, [], default);
    }
}
