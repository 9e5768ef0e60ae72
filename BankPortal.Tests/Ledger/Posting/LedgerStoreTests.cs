using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Ledger.Posting;

/// <summary>The ledger's promises, kept on real engines.</summary>
[EngineTest]
public sealed class LedgerStoreTests
{
    [Theory, EveryEngine]
    public async Task Execute_Transfer_PostsBothLegsAndBalances(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob", 5));

        var transfer = await world.MustAsync(
            world.Order(alice, bob, 30.25m) with
            {
                Description = "Rent, März ✓",
                CreditName = "Bob",
                DebitName = "Alice",
            }
        );

        var (a, b) = (await world.ReadAsync(alice), await world.ReadAsync(bob));
        Assert.Equal(LedgerWorld.Usd(69.75m), a.Balance);
        Assert.Equal(LedgerWorld.Usd(35.25m), b.Balance);
        var debit = (await world.EntriesAsync(alice))[^1];
        var credit = (await world.EntriesAsync(bob))[^1];
        Assert.Equal((LedgerWorld.Usd(-30.25m), a.Balance, 2L), (debit.Amount, debit.BalanceAfter, debit.Sequence));
        Assert.Equal((LedgerWorld.Usd(30.25m), b.Balance, 2L), (credit.Amount, credit.BalanceAfter, credit.Sequence));
        Assert.Equal("Rent, März ✓", debit.Description);
        Assert.Equal($"Bob {bob.Number.Masked}", debit.Counterparty);
        Assert.Equal($"Alice {alice.Number.Masked}", credit.Counterparty);
        Assert.Equal(TransferStatus.Posted, transfer.Status);
        Assert.Equal(transfer, await world.Store.FindTransferAsync(transfer.Id));
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_Transfer_TakesTwoSequentialRoundTrips(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));

        using var counter = world.Fixture.CountRequests();
        await world.MustAsync(world.Order(alice, bob, 1));

        Assert.Equal(2, counter.Total);
        Assert.Equal(1, counter["BatchGetItem"]);
        Assert.Equal(1, counter["TransactWriteItems"]);
    }

    [Theory, EveryEngine]
    public async Task Execute_SameKeyAgain_GivesFirstResultAndMovesNothing(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var order = world.Order(alice, bob, 60, "form-1");

        var first = await world.MustAsync(order);
        // There are not enough funds for a second one: the repeat must still find the first.
        var again = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.NewService().ExecuteAsync(order)));

        Assert.All(again, result => Assert.Equal(first, result.Value));
        Assert.Equal(LedgerWorld.Usd(40), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_SameKeyAtOnceFromManyNodes_HasOneEffect(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var order = world.Order(alice, bob, 60, "form-1");

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => world.NewService().ExecuteAsync(order))));

        var id = Assert.Single(results.Select(r => r.Value.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal(order.TransferId, id);
        Assert.Equal(LedgerWorld.Usd(40), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_SameKeyOtherContent_IsRefused(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        await world.MustAsync(world.Order(alice, bob, 10, "form-1"));

        var result = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 11, "form-1"));

        Assert.IsType<IdempotencyKeyReusedError>(result.Error);
        Assert.Equal(LedgerWorld.Usd(90), (await world.ReadAsync(alice)).Balance);
    }

    [Theory, EveryEngine]
    public async Task Execute_FiftyAtOnceOverFewAccounts_KeepsTheTotalAtEveryMoment(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var accounts = new List<Account>();
        for (var i = 0; i < 4; i++)
        {
            accounts.Add(await world.OpenAsync($"user{i}", 50));
        }

        // Two nodes that share no queue: the version lock alone keeps them apart.
        var nodes = new[] { world.NewService(), world.NewService() };
        using var done = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            var readings = 0;
            while (!done.IsCancellationRequested || readings == 0)
            {
                // One consistent view of all rows: a batch read could see the two sides of a transfer at different moments.
                var total = await TotalAsync(world, accounts);
                Assert.Equal(200_00, total.Sum);
                Assert.All(total.Balances, balance => Assert.True(balance >= 0));
                readings++;
            }
        });
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i =>
                    Task.Run(() =>
                        nodes[i % 2]
                            .ExecuteAsync(
                                world.Order(
                                    accounts[i % 4],
                                    accounts[((i * 7) + 1 + (i % 3)) % 4 == i % 4 ? (i + 1) % 4 : ((i * 7) + 1 + (i % 3)) % 4],
                                    7 + (i % 5),
                                    $"order-{i}"
                                )
                            )
                    )
                )
        );
        await done.CancelAsync();
        await watch;

        Assert.All(results, r => Assert.True(r.IsSuccess || r.Error is InsufficientFundsError, r.Error?.ToString()));
        var posted = results.Count(r => r.IsSuccess);
        Assert.InRange(posted, 20, 50);
        Assert.Equal(posted + 4, (await CountTransfersAsync(world)));
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_MoreThanThereIsAtOnce_NeverGoesBelowZero(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => world.NewService().ExecuteAsync(world.Order(alice, bob, 9))))
        );

        Assert.Equal(11, results.Count(r => r.IsSuccess));
        Assert.Equal(9, results.Count(r => r.Error is InsufficientFundsError));
        Assert.Equal(LedgerWorld.Usd(1), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Execute_DailyLimitAtOnce_IsExact(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        world.Options.Checking.PerDay = 100;
        world.Options.Checking.PerTransfer = 100;
        var (alice, bob) = (await world.OpenAsync("alice", 1000), await world.OpenAsync("bob"));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => world.NewService().ExecuteAsync(world.Order(alice, bob, 15))))
        );

        Assert.Equal(6, results.Count(r => r.IsSuccess));
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<OverDailyLimitError>(r.Error));
        Assert.Equal(LedgerWorld.Usd(910), (await world.ReadAsync(alice)).Balance);
    }

    [Theory, EveryEngine]
    public async Task HeldTransfer_ReleasedAndRejectedAtOnce_IsSettledOnce(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var held = await world.MustAsync(world.Order(alice, bob, 40) with { Hold = true });
        Assert.Equal(
            (LedgerWorld.Usd(100), LedgerWorld.Usd(60)),
            ((await world.ReadAsync(alice)).Balance, (await world.ReadAsync(alice)).Available)
        );
        var analysts = Enumerable.Range(0, 8).Select(i => new Actor($"analyst{i}", [BankRoles.Analyst])).ToList();

        var results = await Task.WhenAll(
            analysts.Select(
                (analyst, i) =>
                    Task.Run(() =>
                        i % 2 == 0
                            ? world.NewService().ReleaseAsync(analyst, held.Id, "checked")
                            : world.NewService().RejectAsync(analyst, held.Id, "fraud")
                    )
            )
        );

        var settled = Assert.Single(results, r => r.IsSuccess).Value;
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<NotHeldError>(r.Error));
        var (a, b) = (await world.ReadAsync(alice), await world.ReadAsync(bob));
        Assert.True(a.Held.IsZero);
        Assert.Equal(settled.Status == TransferStatus.Posted ? (6000, 4000) : (10000, 0), (a.Balance.MinorUnits, b.Balance.MinorUnits));
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Commit_AnswerLost_IsFoundAgainAndNotRepeated(EngineKind kind)
    {
        var fault = new LoseAnswers("TransactWriteItems");
        await using var world = await LedgerWorld.CreateAsync(kind, null, fault);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        fault.Remaining = 1;

        var result = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 70));

        Assert.True(result.IsSuccess, result.Error?.ToString());
        Assert.Equal(0, fault.Remaining);
        Assert.Equal(LedgerWorld.Usd(30), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Commit_AnswerLostAndRepetitionRefused_IsNotTakenForNothingChanged(EngineKind kind)
    {
        var fault = new LandsUnseen();
        await using var world = await LedgerWorld.CreateAsync(kind, null, fault);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        fault.Armed = true;

        var result = await world.Ledger.ExecuteAsync(world.Order(alice, bob, 70, "once"));

        Assert.IsType<OutcomeUnknownError>(result.Error);
        fault.Armed = false;
        Assert.True((await world.Ledger.ExecuteAsync(world.Order(alice, bob, 70, "once"))).IsSuccess);
        Assert.Equal(LedgerWorld.Usd(30), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task AccountRow_RoundTrip_KeepsEverything(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var account = await world.OpenAsync("alice", 12_000, AccountType.Savings);
        var renamed = (await world.Accounts.RenameAsync(Actor.Customer("alice"), account.Id, "  Häuschen  am See ")).Value;
        await world.MustAsync(
            new TransferOrder
            {
                Actor = Actor.Customer("alice"),
                IdempotencyKey = "w",
                Kind = TransferKind.Withdrawal,
                DebitAccountId = account.Id,
                CreditAccountId = GeneralLedger.Cash(Currency.Usd),
                Amount = LedgerWorld.Usd(20),
            }
        );

        var read = await world.ReadAsync(account);

        Assert.Equal("Häuschen am See", read.Nickname);
        Assert.Equal((renamed.Id, renamed.Number, renamed.OpenedAt, renamed.Type), (read.Id, read.Number, read.OpenedAt, read.Type));
        Assert.Equal(2000, read.Activity.LimitUsedOn(world.Rules.DayOf(world.Time.GetUtcNow())));
        var hours = read.Activity.Hours;
        Assert.Equal(
            (0, 0L, 1, 2_000L, 0),
            (
                hours.Sum(h => h.Credits),
                hours.Sum(h => h.CreditSum),
                hours.Sum(h => h.Debits),
                hours.Sum(h => h.DebitSum),
                hours.Sum(h => h.HighValue)
            )
        );
        Assert.Equal(
            (2000L, PartyMark.Of(GeneralLedger.Cash(Currency.Usd))),
            (read.Activity.RecentDebits[0].Amount, read.Activity.RecentDebits[0].Party)
        );
        var raw = await world.Database.Client.ScanAsync(
            new ScanRequest { TableName = world.Database.TableName(Infrastructure.Accounts.AccountTables.Accounts) }
        );
        Assert.DoesNotContain(raw.Items.SelectMany(i => i.Values), v => v.S?.Contains("Häuschen", StringComparison.Ordinal) == true);
    }

    [Theory, EveryEngine]
    public async Task Verify_TamperedRows_AreFound(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        for (var i = 0; i < 4; i++)
        {
            await world.MustAsync(world.Order(alice, bob, 5 + i));
        }

        await world.AssertCleanAsync();
        var entry = (await world.EntriesAsync(alice))[2];
        var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            ["account_id"] = Attr.S(entry.AccountId),
            ["entry_key"] = Attr.S(LedgerItems.KeyOf(entry)),
        };
        await world.Database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = world.Database.TableName(LedgerTables.Entries),
                Key = key,
                UpdateExpression = "SET amount = :a",
                ExpressionAttributeValues = new() { [":a"] = Attr.N(-1L) },
            }
        );
        var edited = await world.Verifier.VerifyAsync();
        Assert.Equal([0, 1, 2, 6, 7], edited.Violations.Select(v => v.Invariant).Distinct().Order());

        await world.Database.Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = world.Database.TableName(LedgerTables.Entries), Key = key }
        );
        var deleted = await world.Verifier.VerifyAsync();
        Assert.Contains(deleted.Violations, v => v.Invariant == 2 && v.Subject == alice.Id);
        Assert.Contains(deleted.Violations, v => v.Invariant == 7 && v.Subject == entry.TransferId);
        Assert.Contains(deleted.Violations, v => v.Invariant == 0 && v.Subject == alice.Id);
    }

    [Theory, EveryEngine]
    public async Task ReadEntries_RangesAndPositions_AreExactAtTheEdges(EngineKind kind)
    {
        var clock = new ManualTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var world = await LedgerWorld.CreateAsync(kind, clock);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        for (var i = 0; i < 6; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(i % 2 * 10)); // pairs at the same instant
            await world.MustAsync(world.Order(alice, bob, 1 + i));
        }

        var all = await world.EntriesAsync(alice);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], all.Select(e => e.Sequence));
        var middle = all[3].PostedAt;
        Assert.Equal(all[2].PostedAt, all[2].PostedAt);
        var from = await world.Store.ReadEntriesAsync(new EntryQuery(alice.Id, 100, From: middle, NewestFirst: false));
        var before = await world.Store.ReadEntriesAsync(new EntryQuery(alice.Id, 100, Before: middle, NewestFirst: false));
        var between = await world.Store.ReadEntriesAsync(
            new EntryQuery(alice.Id, 100, From: middle, Before: all[5].PostedAt, NewestFirst: false)
        );
        Assert.Equal(all.Where(e => e.PostedAt >= middle).Select(e => e.Sequence), from.Select(e => e.Sequence));
        Assert.Equal(all.Where(e => e.PostedAt < middle).Select(e => e.Sequence), before.Select(e => e.Sequence));
        Assert.Equal(
            all.Where(e => e.PostedAt >= middle && e.PostedAt < all[5].PostedAt).Select(e => e.Sequence),
            between.Select(e => e.Sequence)
        );

        var paged = new List<long>();
        EntryPosition? after = null;
        do
        {
            var page = await world.Store.ReadEntriesAsync(new EntryQuery(alice.Id, 3, After: after));
            paged.AddRange(page.Select(e => e.Sequence));
            after = page.Count == 3 ? page[^1].Position : null;
        } while (after is not null);
        Assert.Equal([7, 6, 5, 4, 3, 2, 1], paged);
    }

    [Theory, EveryEngine]
    public async Task Open_ManyAtOnce_KeepsTheMaximumAndOneForAKey(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        var accounts = new AccountService(
            world.AccountStore,
            new AccountOptions { MaxPerCustomer = 3 },
            world.Audit.NewTrail(),
            world.Conflicts,
            world.StepUp,
            world.Time
        );

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i => Task.Run(() => accounts.OpenAsync(Actor.Customer("alice"), new OpenAccount($"k{i}", AccountType.Savings))))
        );
        var first = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => accounts.EnsureFirstAccountAsync("bob"))));

        Assert.Equal(3, results.Count(r => r.IsSuccess));
        Assert.All(results.Where(r => !r.IsSuccess), r => Assert.IsType<TooManyAccountsError>(r.Error));
        Assert.Single(first.Select(r => r.Value.Id).Distinct(StringComparer.Ordinal));
        Assert.Equal(3, (await accounts.ListAsync(Actor.Customer("alice"))).Count);
        Assert.Single(await accounts.ListAsync(Actor.Customer("bob")));
    }

    [Theory, EveryEngine]
    public async Task Close_RacingWithADeposit_NeverClosesWithMoneyInIt(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        for (var round = 0; round < 6; round++)
        {
            var (alice, bob) = (await world.OpenAsync("alice"), await world.OpenAsync($"bob{round}", 10));
            var close = Task.Run(() => world.Accounts.CloseAsync(Actor.Customer("alice"), alice.Id));
            var pay = Task.Run(() => world.Ledger.ExecuteAsync(world.Order(bob, alice, 1)));

            var (closed, paid) = (await close, await pay);

            Assert.NotEqual(closed.IsSuccess, paid.IsSuccess);
            Assert.True(
                closed.IsSuccess ? paid.Error is CreditAccountClosedError : closed.Error is BalanceNotZeroError,
                $"{closed.Error} {paid.Error}"
            );
        }

        await world.AssertCleanAsync();
    }

    private static async Task<(long Sum, List<long> Balances)> TotalAsync(LedgerWorld world, List<Account> accounts)
    {
        while (true)
        {
            try
            {
                var read = await world.Database.Client.TransactGetItemsAsync(
                    new TransactGetItemsRequest
                    {
                        TransactItems = accounts.ConvertAll(a => new TransactGetItem
                        {
                            Get = new Get
                            {
                                TableName = world.Database.TableName(Infrastructure.Accounts.AccountTables.Accounts),
                                Key = new Dictionary<string, AttributeValue> { ["account_id"] = Attr.S(a.Id) },
                            },
                        }),
                    }
                );
                var balances = read.Responses.ConvertAll(r => new ItemReader(r.Item).Long("balance"));
                return (balances.Sum(), balances);
            }
            catch (TransactionCanceledException)
            {
                // A transaction was writing one of the rows; look again.
            }
        }
    }

    private static async Task<int> CountTransfersAsync(LedgerWorld world) => (int)(await world.Verifier.VerifyAsync()).Transfers;

    /// <summary>The first commit takes effect and its answer is lost; the client's repetition meets a conflict; then nothing can be
    /// read.</summary>
    private sealed class LandsUnseen : IRequestInterceptor
    {
        private int _commits;

        public bool Armed { get; set; }

        public async Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
        {
            if (!Armed)
            {
                await send();
                return;
            }

            var isCommit = request.Operation == "TransactWriteItems";
            if (isCommit && Interlocked.Increment(ref _commits) > 1)
            {
                throw new TransactionCanceledException("Transaction cancelled")
                {
                    StatusCode = System.Net.HttpStatusCode.BadRequest,
                    ErrorCode = "TransactionCanceledException",
                    CancellationReasons = [new CancellationReason { Code = "None" }, new CancellationReason { Code = "TransactionConflict" }],
                };
            }

            if (isCommit || _commits == 0)
            {
                await send();
            }

            if (isCommit || _commits > 0)
            {
                throw new Amazon.Runtime.AmazonClientException("The connection was closed before the answer came.");
            }
        }
    }
}
