using BankPortal.Infrastructure.Ledger.Reconciliation;

namespace BankPortal.Tests.Ledger.Reconciliation;

/// <summary>The reconciliation in the background, on real engines.</summary>
[EngineTest]
public sealed class ReconciliationTests
{
    [Theory, EveryEngine]
    public async Task Cycle_LedgerInOrder_ChecksEveryAccountAndFindsNothing(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        for (var i = 0; i < 5; i++)
        {
            await world.PaidAsync($"user{i}", 4);
        }

        await world.Bank.OpenAsync("nobody yet");
        var held = await world.Bank.MustAsync(
            world.Bank.Order(await world.Bank.OpenAsync("holder", 50), await world.Bank.OpenAsync("waiting"), 20) with
            {
                Hold = true,
            }
        );
        Assert.Equal(TransferStatus.Held, held.Status);

        for (var cycle = 1; cycle <= 3; cycle++)
        {
            var state = await world.FinishCycleAsync();
            Assert.Equal((cycle, 13, 5 * (4 + 4) + 1), (state.Cycles, state.LastCycleAccounts, state.LastCycleEntries));
            Assert.Equal(world.Clock.GetUtcNow(), state.LastCycleEndedAt);
        }

        Assert.Empty(await world.OpenAsync());
        Assert.Empty(world.Log.Lines);
    }

    [Theory, EveryEngine]
    public async Task Cycle_EntryEdited_IsFoundOnceAndGoneWhenItIsPutRight(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 5);
        await world.FinishCycleAsync();
        var entry = (await world.Bank.EntriesAsync(account))[2];
        await world.EditAsync(entry, "amount", Attr.N(-1L));

        await world.FinishCycleAsync();
        var first = world.Clock.GetUtcNow();
        await world.FinishCycleAsync();

        var open = await world.OpenAsync();
        Assert.Equal(
            [DifferenceKind.BalanceBroken, DifferenceKind.EntryChanged, DifferenceKind.TransferDiffers],
            open.Select(d => d.Kind).OrderBy(k => k.ToString(), StringComparer.Ordinal));
        Assert.All(open, d => Assert.Equal((account.Id, 3L, entry.TransferId), (d.AccountId, d.Sequence, d.TransferId)));
        Assert.All(open, d => Assert.Equal((first, world.Clock.GetUtcNow()), (d.FirstSeenAt, d.LastSeenAt)));
        Assert.Equal(
            3,
            world.Log.Lines.Count(line =>
                line.StartsWith("Error: Reconciliation found a difference", StringComparison.Ordinal)
                && line.Contains(account.Id, StringComparison.Ordinal)
            )
        );

        await world.PutAsync(entry);
        await world.FinishCycleAsync();

        var report = (await world.Service.ReportAsync(ReconciliationWorld.Admin)).Value;
        Assert.Equal((0, 3), (report.Open, report.Gone.Length));
        Assert.All(report.Gone, d => Assert.Equal((first, world.Clock.GetUtcNow()), (d.FirstSeenAt, d.GoneAt)));
    }

    [Theory]
    [InlineData(EngineKind.Dynoxide, 5, 2)]
    [InlineData(EngineKind.Dynoxide, 5, 4)]
    [InlineData(EngineKind.Dynoxide, 25, 24)]
    [InlineData(EngineKind.DynamoDbLocal, 5, 2)]
    [InlineData(EngineKind.DynamoDbLocal, 25, 24)]
    [InlineData(EngineKind.DynamoDbContainer, 5, 2)]
    [InlineData(EngineKind.DynamoDbContainer, 25, 24)]
    public async Task Cycle_EntryDeleted_IsFound(EngineKind kind, int entries, int deleted)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", entries);
        await CatchUpAsync(world);
        await world.DeleteAsync((await world.Bank.EntriesAsync(account))[deleted]);

        await world.FinishCycleAsync();

        Assert.Contains(await world.OpenAsync(), d =>
            d.Kind == DifferenceKind.EntryMissing && d.AccountId == account.Id && d.Sequence == deleted + 1
        );
        await world.FinishCycleAsync();
        Assert.Contains(await world.OpenAsync(), d => d.Kind == DifferenceKind.EntryMissing && d.Sequence == deleted + 1);
    }

    [Theory, EveryEngine]
    public async Task Cycle_OldEntryOfALongHistoryEdited_IsFoundWithinAsManyCyclesAsItHasPieces(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 45);
        await CatchUpAsync(world);
        await world.EditAsync((await world.Bank.EntriesAsync(account))[22], "counterparty_hint", Attr.S("not part of an entry"));
        await world.EditAsync((await world.Bank.EntriesAsync(account))[22], "amount", Attr.N(-77L));

        for (var cycle = 0; cycle < 6 && (await world.OpenAsync()).Count == 0; cycle++)
        {
            await world.FinishCycleAsync();
        }

        Assert.Contains(await world.OpenAsync(), d =>
            d.Kind == DifferenceKind.EntryChanged && d.AccountId == account.Id && d.Sequence == 23
        );
    }

    [Theory, EveryEngine]
    public async Task Cycle_BalanceEdited_IsFound(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 3);
        var empty = await world.Bank.OpenAsync("poor");
        await world.FinishCycleAsync();
        await world.EditAsync(account, "balance", Attr.N(99_999_999L));
        await world.EditAsync(empty, "balance", Attr.N(5L));

        await world.FinishCycleAsync();

        var open = await world.OpenAsync();
        Assert.Equal(
            new[] { account.Id, empty.Id }.Order(StringComparer.Ordinal),
            open.Select(d => d.AccountId).Order(StringComparer.Ordinal)
        );
        Assert.All(open, d => Assert.Equal(DifferenceKind.RowAndEntry, d.Kind));
        var difference = open.Single(d => d.AccountId == account.Id);
        Assert.StartsWith($"{account.Balance} after 3 entries", difference.Expected, StringComparison.Ordinal);
        Assert.StartsWith("999999.99 USD after 3 entries", difference.Found, StringComparison.Ordinal);
    }

    [Theory, EveryEngine]
    public async Task Cycle_TransfersEditedOrDeleted_AreFound(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 5);
        await world.FinishCycleAsync();
        var entries = await world.Bank.EntriesAsync(account);
        await world.EditTransferAsync(entries[1].TransferId, "amount", Attr.N(1L));
        await world.EditTransferAsync(entries[2].TransferId, "status", Attr.S("Rejected"));
        await world.EditTransferAsync(entries[3].TransferId, "text", Attr.S("nothing that was encrypted here"));
        await world.DeleteTransferAsync(entries[4].TransferId);

        await world.FinishCycleAsync();

        var open = (await world.OpenAsync()).Where(d => d.AccountId == account.Id).ToDictionary(d => d.Sequence);
        Assert.Equal(
            [DifferenceKind.TransferDiffers, DifferenceKind.TransferDiffers, DifferenceKind.Unreadable, DifferenceKind.TransferMissing],
            new[] { 2L, 3, 4, 5 }.Select(seq => open[seq].Kind));
        Assert.Equal(entries[1].TransferId, open[2].TransferId);
        Assert.Equal(8, (await world.OpenAsync()).Count); // The other side of each has the same difference.
    }

    [Theory, EveryEngine]
    public async Task Cycle_BanksOwnEntryDeletedOrEdited_IsFound(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var (ann, ben) = (await world.Bank.OpenAsync("ann", 10), await world.Bank.OpenAsync("ben", 20));
        await world.FinishCycleAsync();
        await world.DeleteAsync(await OwnLegAsync(ann));
        await world.EditAsync(await OwnLegAsync(ben), "amount", Attr.N(-1L));

        await world.FinishCycleAsync();

        var open = (await world.OpenAsync()).ToDictionary(d => d.AccountId, StringComparer.Ordinal);
        Assert.Equal(
            (2, DifferenceKind.OtherLegMissing, DifferenceKind.TransferDiffers),
            (open.Count, open[ann.Id].Kind, open[ben.Id].Kind)
        );

        async Task<Entry> OwnLegAsync(Account account)
        {
            var id = (await world.Bank.EntriesAsync(account)).Single().TransferId;
            var shard = GeneralLedger.ShardOf(GeneralLedger.Opening(account.Currency), id);
            return (await world.Bank.Store.ReadEntriesAsync(new EntryQuery(shard, 100))).Single(e => e.TransferId == id);
        }
    }

    [Theory, EveryEngine]
    public async Task Cycle_HeldEditedOnEitherSide_IsFound(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var payee = await world.Bank.OpenAsync("payee");
        var (row, transfer, fine) = (await HoldingAsync("row"), await HoldingAsync("transfer"), await HoldingAsync("fine"));
        await world.FinishCycleAsync();
        Assert.Empty(await world.OpenAsync());
        await world.EditAsync(row.Account, "held", Attr.N(1_500L));
        await world.EditTransferAsync(transfer.TransferId, "amount", Attr.N(1L));

        await world.FinishCycleAsync();

        var open = await world.OpenAsync();
        Assert.Equal(
            new[] { row.Account.Id, transfer.Account.Id }.Order(StringComparer.Ordinal),
            open.Select(d => d.AccountId).Order(StringComparer.Ordinal)
        );
        Assert.All(open, d => Assert.Equal(DifferenceKind.HeldDiffers, d.Kind));
        Assert.Equal(
            ("20.00 USD in 1 held transfers", "15.00 USD in the row"),
            open.Where(d => d.AccountId == row.Account.Id).Select(d => (d.Expected, d.Found)).Single()
        );

        async Task<(Account Account, string TransferId)> HoldingAsync(string owner)
        {
            var account = await world.Bank.OpenAsync(owner, 100);
            var held = await world.Bank.MustAsync(world.Bank.Order(account, payee, 20) with { Hold = true });
            return (account, held.Id);
        }
    }

    [Theory, EveryEngine]
    public async Task Cycle_HistoryRewrittenWithNewHashes_IsFoundByWhatWasSeenBefore(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 4);
        await world.FinishCycleAsync();

        // All of the chain and the row agree again; only the checkpoint remembers.
        Entry? before = null;
        foreach (var entry in await world.Bank.EntriesAsync(account))
        {
            before = EntryHash.Seal(entry with { Description = "Nothing to see here", PreviousHash = before?.Hash ?? default });
            await world.PutAsync(before);
        }

        await world.EditAsync(account, "last_hash", Attr.B(before!.Hash.ToArray()));
        await world.FinishCycleAsync();
        await world.FinishCycleAsync();

        var difference = Assert.Single(await world.OpenAsync());
        Assert.Equal((DifferenceKind.EntryChanged, 4L), (difference.Kind, difference.Sequence));
    }

    [Theory, EveryEngine]
    public async Task Cycle_LastEntryAndRowSetBack_IsFoundByWhatWasSeenBefore(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 4);
        await world.FinishCycleAsync();
        var entries = await world.Bank.EntriesAsync(account);
        await world.DeleteAsync(entries[3]);
        await world.EditAsync(account, "seq", Attr.N(3L));
        await world.EditAsync(account, "balance", Attr.N(entries[2].BalanceAfter.MinorUnits));
        await world.EditAsync(account, "last_hash", Attr.B(entries[2].Hash.ToArray()));
        await world.EditAsync(account, "last_entry_at", Attr.Time(entries[2].PostedAt));

        await world.FinishCycleAsync();
        await world.FinishCycleAsync();

        var difference = Assert.Single(await world.OpenAsync());
        Assert.Equal((DifferenceKind.RowWentBack, account.Id), (difference.Kind, difference.AccountId));
    }

    [Theory, EveryEngine]
    public async Task Cycle_EntrySlippedInBehindTheRow_IsFound(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var account = await world.PaidAsync("ann", 3);
        await world.FinishCycleAsync();
        var last = (await world.Bank.EntriesAsync(account))[^1];
        await world.PutAsync(EntryHash.Seal(last with { Sequence = 4, PreviousHash = last.Hash }));

        await world.FinishCycleAsync();

        var difference = Assert.Single(await world.OpenAsync());
        Assert.Equal((DifferenceKind.EntryNotCounted, 4L), (difference.Kind, difference.Sequence));
    }

    [Theory, EveryEngine]
    public async Task Cycle_RowsThatCannotBeRead_AreFoundAndDoNotStopIt(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var accounts = new List<Account>();
        for (var i = 0; i < 6; i++)
        {
            accounts.Add(await world.Bank.OpenAsync($"u{i}", 10));
        }

        await world.EditAsync(accounts[2], "status", Attr.S("Melted"));
        await world.EditAsync((await world.Bank.EntriesAsync(accounts[4]))[0], "text", Attr.S("nothing that was encrypted here"));

        var state = await world.FinishCycleAsync();

        Assert.Equal(6, state.LastCycleAccounts);
        var open = await world.OpenAsync();
        Assert.Equal(
            new[] { accounts[2].Id, accounts[4].Id }.Order(StringComparer.Ordinal),
            open.Select(d => d.AccountId).Order(StringComparer.Ordinal)
        );
        Assert.All(open, d => Assert.Equal(DifferenceKind.Unreadable, d.Kind));
    }

    [Theory, EveryEngine]
    public async Task Cycles_WhileMoneyMoves_FindNothing(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var accounts = new List<Account>();
        for (var i = 0; i < 6; i++)
        {
            accounts.Add(await world.Bank.OpenAsync($"u{i}", 500));
        }

        using var done = new CancellationTokenSource();
        var moved = 0;
        var movers = Enumerable
            .Range(0, 3)
            .Select(mover =>
                Task.Run(async () =>
                {
                    var node = world.Bank.NewService();
                    for (var i = mover; !done.IsCancellationRequested; i++)
                    {
                        var order = world.Bank.Order(accounts[i % 6], accounts[(i + 1 + mover) % 6], 1 + (i % 9)) with
                        {
                            Actor = Actor.System,
                            Hold = i % 3 == 0,
                        };
                        var result = await node.ExecuteAsync(order);
                        if (result is { IsSuccess: true, Value.Status: TransferStatus.Held })
                        {
                            await (
                                i % 2 == 0
                                    ? node.ReleaseAsync(Actor.System, result.Value.Id, "fine")
                                    : node.RejectAsync(Actor.System, result.Value.Id, "not fine")
                            );
                        }

                        Interlocked.Increment(ref moved);
                    }
                })).ToList();

        for (var cycle = 0; cycle < 6 || Volatile.Read(ref moved) < 60; cycle++)
        {
            await world.FinishCycleAsync();
            Assert.DoesNotContain(movers, mover => mover.IsFaulted);
        }

        await done.CancelAsync();
        await Task.WhenAll(movers);
        await world.FinishCycleAsync();
        var report = (await world.Service.ReportAsync(ReconciliationWorld.Admin)).Value;
        Assert.Equal((0, 0), (report.Open, report.Gone.Length));
        Assert.Empty(world.Log.Lines);
    }

    [Theory, EveryEngine]
    public async Task Step_AfterARestart_GoesOnWhereItStood(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        for (var i = 0; i < 9; i++)
        {
            await world.Bank.OpenAsync($"u{i}", 10);
        }

        ReconciliationState? state = null;
        while (state is not { Accounts: >= 3 })
        {
            state = await world.Service.StepAsync(1);
        }

        // It dies without a word; the next holder of the lease goes on. Should it still live, it makes no further step.
        var end = await world.FinishCycleAsync(world.NewService(), 2);
        Assert.Null(await world.Service.StepAsync(1));

        Assert.Equal((1, 9, 9), (end.Cycles, end.LastCycleAccounts, end.LastCycleEntries));
    }

    [Theory, EveryEngine]
    public async Task SaveState_LeaseLostMeanwhile_IsRefused(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        var mine = await world.Store.ReadStateAsync();
        Assert.True(await world.Store.TrySaveStateAsync(mine with { Fence = 2, Cursor = "mine" }));
        Assert.True(await world.Store.TrySaveStateAsync(mine with { Fence = 2, Cursor = "mine too" }));

        Assert.False(await world.Store.TrySaveStateAsync(mine with { Fence = 1, Cursor = "far ahead" }));
        var state = await world.Store.ReadStateAsync();
        Assert.Equal((2, "mine too"), (state.Fence, state.Cursor));
    }

    [Theory, EveryEngine]
    public async Task Step_LongHistories_CostsNoMoreThanShortOnes(EngineKind kind)
    {
        await using var world = await ReconciliationWorld.CreateAsync(kind);
        world.Options.AccountsPerStep = 4;
        var long1 = await world.PaidAsync("long", 60);
        Assert.Equal(60, long1.Sequence);
        await world.PaidAsync("short", 3);
        await CatchUpAsync(world);
        world.Clock.Advance(world.Options.PauseAfterCycle + TimeSpan.FromSeconds(1));

        var steps = 0;
        ReconciliationState? state;
        do
        {
            using var counter = world.Bank.Fixture.CountRequests();
            state = await world.Service.StepAsync(1);
            steps++;

            // State read, page, checkpoints, held, state; the entries of each account in two stretches; their transfers and the bank's
            // own legs; checkpoints.
            Assert.True(counter.Total <= 6 + (2 * 4) + 2, counter.ToString());
            Assert.True(counter["Query"] <= 1 + (2 * 4), counter.ToString());
        }
        while (state!.CycleStartedAt is not null && steps < 50);

        Assert.InRange(state.LastCycleEntries, 1, 4 * ((2 * world.Options.EntriesPerAccount) + 1));
    }

    [Fact]
    public async Task Report_ForCustomersAndManagers_IsRefused()
    {
        await using var world = await ReconciliationWorld.CreateAsync(EngineKind.Dynoxide);

        foreach (var role in BankRoles.All)
        {
            var may = role is BankRoles.Admin or BankRoles.Analyst or BankRoles.Compliance;
            Assert.Equal(may, (await world.Service.ReportAsync(new Actor("x", [role]))).IsSuccess);
            Assert.Equal(may, (await world.Service.SummaryAsync(new Actor("x", [role]))).IsSuccess);
        }
    }

    [Theory]
    [InlineData("00:00:05", "00:01:00", null)]
    [InlineData("00:00:00", "00:01:00", "StepEvery")]
    [InlineData("00:01:00", "00:00:01", "LeaseFor")]
    public void Options_Times_AreChecked(string every, string lease, string? error)
    {
        var errors = new OptionsErrors("Reconciliation");
        new ReconciliationOptionsValidator().Check(
            new ReconciliationOptions { StepEvery = TimeSpan.Parse(every, null), LeaseFor = TimeSpan.Parse(lease, null) }, errors);

        Assert.Equal(error is null ? [] : [error], errors.All.Select(text => text.Split(':')[1].Split(' ')[0]));
    }

    // Until the newest entries of every account have been looked at.
    private static async Task CatchUpAsync(ReconciliationWorld world)
    {
        for (var cycle = 0; cycle < 8; cycle++)
        {
            await world.FinishCycleAsync();
        }

        Assert.Empty(await world.OpenAsync());
    }
}
