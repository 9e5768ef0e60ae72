namespace BankPortal.Tests.Ledger.Holds;

/// <summary>Held transfers and everything that may want them, or their account, at the same moment.</summary>
[EngineTest]
public sealed class HoldTests
{
    private static readonly Actor Analyst = StaffActors.Fresh("analyst", BankRoles.Analyst);
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task ListHeld_PagesAndSettledOnes_GivesTheWaitingOnesOldestFirst(EngineKind kind)
    {
        var clock = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, clock);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var held = new List<Transfer>();
        for (var i = 0; i < 7; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(i % 2)); // pairs at the same instant
            held.Add(await world.MustAsync(world.Order(alice, bob, 1) with { Hold = true }));
        }

        await world.Ledger.ReleaseAsync(Analyst, held[2].Id, "checked");
        await world.Ledger.RejectAsync(Analyst, held[5].Id, "fraud");

        var paged = new List<Transfer>();
        IReadOnlyList<Transfer> page;
        do
        {
            page = await world.Store.ListHeldAsync(new HeldQuery(2, After: paged.LastOrDefault()));
            paged.AddRange(page);
        }
        while (page.Count == 2);

        Assert.Equal(
            held.Where((_, i) => i is not (2 or 5)).Select(t => t.Id).Order(StringComparer.Ordinal),
            paged.Select(t => t.Id).Order(StringComparer.Ordinal)
        );
        Assert.Equal(paged.Select(t => t.CreatedAt).Order(), paged.Select(t => t.CreatedAt));
        var old = await world.Store.ListHeldAsync(new HeldQuery(10, held[3].CreatedAt));
        Assert.Equal(
            held.Where((t, i) => i is not (2 or 5) && t.CreatedAt < held[3].CreatedAt).Select(t => t.Id).Order(StringComparer.Ordinal),
            old.Select(t => t.Id).Order(StringComparer.Ordinal)
        );
    }

    [Theory, EveryEngine]
    public async Task Expiry_HeldTooLong_IsRejectedByTheBankAndSetsTheFundsFree(EngineKind kind)
    {
        var clock = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, clock);
        world.Options.HoldsExpireAfter = TimeSpan.FromHours(72);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var old = new List<Transfer>();
        for (var i = 0; i < 30; i++)
        {
            old.Add(await world.MustAsync(world.Order(alice, bob, 1) with { Hold = true }));
        }

        clock.Advance(TimeSpan.FromHours(1));
        var young = await world.MustAsync(world.Order(alice, bob, 7) with { Hold = true });
        var expiry = Expiry(world);

        clock.Advance(TimeSpan.FromHours(71));
        Assert.Equal(0, await expiry.RunAsync()); // to the second 72 hours old
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(30, await expiry.RunAsync());
        Assert.Equal(0, await expiry.RunAsync());

        var rejected = (await world.Store.FindTransferAsync(old[0].Id))!;
        Assert.Equal(
            (TransferStatus.Rejected, Actor.SystemUserId, HoldExpiry.Reason, clock.GetUtcNow()),
            (rejected.Status, rejected.SettledBy, rejected.Reason, rejected.SettledAt)
        );
        Assert.Equal(TransferStatus.Held, (await world.Store.FindTransferAsync(young.Id))!.Status);
        Assert.Equal(
            (LedgerWorld.Usd(100), LedgerWorld.Usd(7)),
            ((await world.ReadAsync(alice)).Balance, (await world.ReadAsync(alice)).Held)
        );
        Assert.IsType<NotHeldError>((await world.Ledger.ReleaseAsync(Analyst, old[0].Id, "checked")).Error);
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Expiry_OnTwoNodesRacingWithRelease_SettlesEachOnce(EngineKind kind)
    {
        var clock = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, clock);
        var (alice, bob) = (await world.OpenAsync("alice", 100), await world.OpenAsync("bob"));
        var held = new List<Transfer>();
        for (var i = 0; i < 8; i++)
        {
            held.Add(await world.MustAsync(world.Order(alice, bob, 1) with { Hold = true }));
        }

        clock.Advance(TimeSpan.FromDays(4));
        var expiries = Enumerable.Range(0, 2).Select(_ => Task.Run(() => Expiry(world).RunAsync())).ToList();
        var releases = held.Select(transfer => Task.Run(() => world.NewService().ReleaseAsync(Analyst, transfer.Id, "checked"))).ToList();
        await Task.WhenAll(expiries);
        var released = await Task.WhenAll(releases);

        Assert.All(released.Where(r => !r.IsSuccess), r => Assert.IsType<NotHeldError>(r.Error));
        foreach (var (transfer, result) in held.Zip(released))
        {
            var now = (await world.Store.FindTransferAsync(transfer.Id))!;
            Assert.Equal(
                result.IsSuccess
                    ? (TransferStatus.Posted, "analyst", "checked")
                    : (TransferStatus.Rejected, Actor.SystemUserId, HoldExpiry.Reason),
                (now.Status, now.SettledBy, now.Reason)
            );
        }

        var count = released.Count(r => r.IsSuccess);
        Assert.Equal(
            (100 - count, 0m, count),
            (
                (await world.ReadAsync(alice)).Balance.Amount,
                (await world.ReadAsync(alice)).Held.Amount,
                (await world.ReadAsync(bob)).Balance.Amount
            )
        );
        await world.AssertCleanAsync();
    }

    [Fact]
    public async Task Expiry_OneThatCannotBeRejectedNow_DoesNotStopTheOthers()
    {
        var bank = new InMemoryBank();
        var (ann, ben) = (bank.Customer("ann", "Ann"), bank.Customer("ben", "Ben"));
        var (mine, bens) = (await bank.OpenAsync(ann, 100), await bank.OpenAsync(ben));
        for (var i = 0; i < 3; i++)
        {
            await bank.Ledger.ExecuteAsync(Order(mine, bens, $"h{i}"));
        }

        bank.Time.Advance(TimeSpan.FromDays(4));
        bank.Store.FailCommitsBeforeWriting(4); // as many as the service tries
        var expiry = new HoldExpiry(bank.Store, bank.Ledger, bank.LedgerOptions, bank.Time, NullLogger<HoldExpiry>.Instance);

        Assert.Equal(2, await expiry.RunAsync());
        Assert.Equal(1, await expiry.RunAsync());
        Assert.True((await bank.FindAsync(mine)).Held.IsZero);
    }

    [Theory, EveryEngine]
    public async Task HeldDeposit_ReservesNothingAndCanBeReleasedRejectedAndExpire(EngineKind kind)
    {
        var clock = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, clock);
        var alice = await world.OpenAsync("alice", 10);
        var (released, rejected, expired) = (await DepositAsync(1), await DepositAsync(2), await DepositAsync(4));
        var found = await world.Verifier.VerifyAsync();
        Assert.True(found.IsClean, string.Join('\n', found.Violations));
        Assert.Equal(0, found.RowsKept);
        Assert.True((await world.ReadAsync(alice)).Held.IsZero);

        Assert.True((await world.Ledger.ReleaseAsync(Analyst, released.Id, "checked")).IsSuccess);
        Assert.True((await world.Ledger.RejectAsync(Analyst, rejected.Id, "counterfeit")).IsSuccess);
        clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal(1, await Expiry(world).RunAsync());

        Assert.Equal(TransferStatus.Rejected, (await world.Store.FindTransferAsync(expired.Id))!.Status);
        Assert.Equal(LedgerWorld.Usd(11), (await world.ReadAsync(alice)).Balance);
        await world.AssertCleanAsync();

        Task<Transfer> DepositAsync(decimal amount) => world.MustAsync(new TransferOrder
        {
            Actor = Actor.Customer("alice"),
            IdempotencyKey = world.NextKey(),
            Kind = TransferKind.Deposit,
            DebitAccountId = GeneralLedger.Cash(alice.Currency),
            CreditAccountId = alice.Id,
            Amount = LedgerWorld.Usd(amount),
            Hold = true,
        });
    }

    [Theory, EveryEngine]
    public async Task Release_RacingWithFreeze_PostsBeforeOrNotAtAll(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        for (var round = 0; round < 6; round++)
        {
            var (alice, bob) = (await world.OpenAsync($"alice{round}", 10), await world.OpenAsync($"bob{round}"));
            var held = await world.MustAsync(world.Order(alice, bob, 4) with { Hold = true });
            var release = Task.Run(() => world.NewService().ReleaseAsync(Analyst, held.Id, "checked"));
            var freeze = Task.Run(() => world.Accounts.FreezeAsync(Analyst, alice.Id, "because"));

            var (released, frozen) = (await release, await freeze);

            Assert.True(frozen.IsSuccess, frozen.Error?.ToString());
            Assert.True(released.IsSuccess || released.Error is DebitAccountFrozenError, released.Error?.ToString());
            var after = await world.ReadAsync(alice);
            Assert.Equal(AccountStatus.Frozen, after.Status);
            Assert.Equal(released.IsSuccess ? (600, 0) : (1000, 400), (after.Balance.MinorUnits, after.Held.MinorUnits));

            // What was not released can still be rejected: that lets nothing out.
            if (!released.IsSuccess)
            {
                Assert.True((await world.Ledger.RejectAsync(Analyst, held.Id, "fraud")).IsSuccess);
            }
        }

        await world.AssertCleanAsync();
    }

    [Theory]
    [
        InlineData(EngineKind.Dynoxide, true),
        InlineData(EngineKind.Dynoxide, false),
        InlineData(EngineKind.DynamoDbLocal, true),
        InlineData(EngineKind.DynamoDbLocal, false),
        InlineData(EngineKind.DynamoDbContainer, true),
        InlineData(EngineKind.DynamoDbContainer, false)
    ]
    public async Task Settle_RacingWithClose_NeverLeavesMoneyInAClosedAccount(EngineKind kind, bool release)
    {
        await using var world = await LedgerWorld.CreateAsync(kind);
        for (var round = 0; round < 6; round++)
        {
            // Everything in the account is held: released, it is empty and may be closed; rejected, it is not. The other
            // account is empty: it may be closed as long as nothing has come in.
            var (alice, bob) = (await world.OpenAsync($"alice{round}", 4), await world.OpenAsync($"bob{round}"));
            var held = await world.MustAsync(world.Order(alice, bob, 4) with { Hold = true });
            var settle = Task.Run(() => release
                ? world.NewService().ReleaseAsync(Analyst, held.Id, "checked")
                : world.NewService().RejectAsync(Analyst, held.Id, "fraud"));
            var closeAlice = Task.Run(() => world.Accounts.CloseAsync(Actor.Customer(alice.OwnerId), alice.Id));
            var closeBob = Task.Run(() => world.Accounts.CloseAsync(Actor.Customer(bob.OwnerId), bob.Id));

            var (settled, aliceClosed, bobClosed) = (await settle, await closeAlice, await closeBob);

            if (release)
            {
                Assert.NotEqual(settled.IsSuccess, bobClosed.IsSuccess);
                Assert.True(
                    settled.IsSuccess ? bobClosed.Error is BalanceNotZeroError : settled.Error is CreditAccountClosedError,
                    $"{settled.Error} {bobClosed.Error}"
                );
                Assert.True(
                    aliceClosed.IsSuccess ? settled.IsSuccess : aliceClosed.Error is HoldsOutstandingError,
                    aliceClosed.Error?.ToString()
                );
            }
            else
            {
                Assert.True(settled.IsSuccess && bobClosed.IsSuccess, $"{settled.Error} {bobClosed.Error}");
                Assert.True(aliceClosed.Error is HoldsOutstandingError or BalanceNotZeroError, aliceClosed.Error?.ToString());
            }
        }

        await world.AssertCleanAsync();
    }

    private static HoldExpiry Expiry(LedgerWorld world) =>
        new(world.Store, world.NewService(), world.Options, world.Time, NullLogger<HoldExpiry>.Instance);

    private static TransferOrder Order(Account from, Account to, string key) => new()
    {
        Actor = Actor.Customer(from.OwnerId),
        IdempotencyKey = key,
        Kind = TransferKind.Transfer,
        DebitAccountId = from.Id,
        CreditAccountId = to.Id,
        Amount = LedgerWorld.Usd(1),
        Hold = true,
        DuplicateConfirmed = true,
    };
}
