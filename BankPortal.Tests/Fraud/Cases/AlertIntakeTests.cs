namespace BankPortal.Tests.Fraud.Cases;

/// <summary>The worker files every alert once, wherever it is stopped and however many of it there are.</summary>
[EngineTest]
public sealed class AlertIntakeTests
{
    [Theory, EveryEngine]
    public async Task Sweep_RuleThatOpensACase_OpensOneWithTheAlertAndClearsTheMark(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        var blocked = await world.TryAsync(sam, bob, 10);
        Assert.True(blocked.IsAlertPending);

        Assert.Equal(1, await world.Intake.SweepAsync());

        var opened = (await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"))!;
        Assert.Equal(
            (CaseState.New, "system", 1, world.Time.GetUtcNow().AddDays(2)),
            (opened.State, opened.OpenedBy, opened.Alerts, opened.DueAt)
        );
        Assert.Equal([blocked.Id], await world.Store.ListAlertsAsync(opened.Id, 10));
        Assert.Equal(
            [CaseEventKind.AlertAdded, CaseEventKind.Opened],
            (await world.Store.ListEventsAsync(opened.Id, 10)).Select(one => one.Kind)
        );
        Assert.False((await world.World.Store.FindTransferAsync(blocked.Id))!.IsAlertPending);
        Assert.Empty((await world.Store.ListAlertsWithoutCaseAsync(10, null)).Alerts);
        Assert.Equal(0, await world.Intake.SweepAsync());
    }

    [Theory, EveryEngine]
    public async Task Sweep_SeveralAlertsOfOneCustomer_AreOneCase(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        foreach (var amount in new[] { 10m, 20m, 30m })
        {
            await world.TryAsync(sam, bob, amount);
        }

        await world.Intake.SweepAsync();

        var page = await world.Store.ListAsync(new CaseQuery(), "ana");
        Assert.Equal(3, Assert.Single(page.Cases).Alerts);
        Assert.Equal(
            1,
            (await world.Store.CountAsync([CaseKind.Fraud], "ana", world.Time.GetUtcNow())).Of(CaseState.New, [CaseKind.Fraud])
        );
    }

    [Theory, EveryEngine]
    public async Task Take_TwoAlertsOfOneCustomerOnTwoNodesAtOnce_MakeOneCase(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        var alerts = new List<Transfer>();
        for (var i = 1; i <= 6; i++)
        {
            alerts.Add(await world.TryAsync(sam, bob, i));
        }

        // Two nodes, and each alert on both.
        await Task.WhenAll(
            alerts.SelectMany(alert => new[] { world.NewIntake().ProcessAsync(alert.Id), world.NewIntake().ProcessAsync(alert.Id) })
        );

        var only = Assert.Single((await world.Store.ListAsync(new CaseQuery(), "ana")).Cases);
        Assert.Equal(6, only.Alerts);
        Assert.Equal(6, (await world.Store.ListAlertsAsync(only.Id, 100)).Count);
        Assert.Equal(7, (await world.Store.ListEventsAsync(only.Id, 100)).Count);
        Assert.Equal(1, (await world.Store.CountAsync([CaseKind.Fraud], "ana", world.Time.GetUtcNow())).Open([CaseKind.Fraud]));
    }

    [Theory, EveryEngine]
    public async Task Take_StoppedAfterAnyStep_GivesTheSameWhenRunAgain(EngineKind kind)
    {
        // A held and released transfer has all the steps: noting, filing, the settlement's line, clearing.
        for (var step = 0; ; step++)
        {
            await using var world = await CaseWorld.CreateAsync(kind);
            var (sam, bob) = (await world.World.OpenAsync("sam", 5000), await world.World.OpenAsync("bob"));
            await world.ListAsync(sam.Id, RiskLists.Blocked);
            var blocked = await world.TryAsync(sam, bob, 10);
            var crashing = new CrashingStore(world.Store, step);
            var outbox = new CrashingOutbox(world.Outbox, crashing);

            var crashed = false;
            try
            {
                await world.NewIntake(crashing, outbox).ProcessAsync(blocked.Id);
            }
            catch (CrashException)
            {
                crashed = true;
            }

            await world.Intake.SweepAsync();
            await world.Intake.SweepAsync();

            var only = Assert.Single((await world.Store.ListAsync(new CaseQuery(), "ana")).Cases);
            Assert.Equal(1, only.Alerts);
            Assert.Equal([blocked.Id], await world.Store.ListAlertsAsync(only.Id, 10));
            Assert.Equal(2, (await world.Store.ListEventsAsync(only.Id, 10)).Count);
            Assert.False((await world.World.Store.FindTransferAsync(blocked.Id))!.IsAlertPending);
            if (!crashed)
            {
                Assert.True(step >= 4, $"Only {step} steps were seen.");
                return;
            }
        }
    }

    [Theory, EveryEngine]
    public async Task Take_CaseClosedBetweenCrashAndRerun_DoesNotFileTheAlertAgain(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        var blocked = await world.TryAsync(sam, bob, 10);
        var crashing = new CrashingStore(world.Store, int.MaxValue);
        await Assert.ThrowsAsync<CrashException>(() =>
            world.NewIntake(crashing, new CrashingOutbox(world.Outbox, crashing, always: true)).ProcessAsync(blocked.Id)
        );
        var opened = (await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"))!;
        Assert.True(
            (
                await world.Service.CloseAsync(CaseWorld.Ana, opened.Id, opened.Version, CaseDisposition.FalsePositive, "nothing in it")
            ).IsSuccess
        );

        Assert.Equal(1, await world.Intake.SweepAsync());

        Assert.Null(await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"));
        Assert.Equal(1, (await world.ReadAsync(opened)).Alerts);
    }

    [Theory, EveryEngine]
    public async Task Take_CaseClosedAtTheSameMoment_OpensAnother(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var first = await world.CaseOfAsync();
        var (sam, bob) = (
            (await world.World.AccountStore.ListByOwnerAsync("sam"))[0],
            (await world.World.AccountStore.ListByOwnerAsync("bob"))[0]
        );
        var next = await world.TryAsync(sam, bob, 20);
        var closing = new BeforeCommit(world.Store, async () =>
            Assert.True(
                (await world.Service.CloseAsync(CaseWorld.Ana, first.Id, first.Version, CaseDisposition.Suspicious, "unclear")).IsSuccess
            )
        );

        Assert.True(await world.NewIntake(closing).ProcessAsync(next.Id));

        var second = (await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"))!;
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((1, 1), ((await world.ReadAsync(first)).Alerts, second.Alerts));
        Assert.Equal(2, (await world.Store.ListByCustomerAsync("sam", 10)).Count);
    }

    [Theory, EveryEngine]
    public async Task Take_AlertWithoutACase_IsListedAndFollowsItsSettlement(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (alice, bob) = (await world.World.OpenAsync("alice", 5000), await world.World.OpenAsync("bob"));
        var held = await world.TryAsync(alice, bob, 4800);
        Assert.Equal(TransferStatus.Held, held.Status);

        await world.Intake.SweepAsync();
        Assert.Equal(TransferStatus.Held, Assert.Single((await world.Store.ListAlertsWithoutCaseAsync(10, null)).Alerts).Status);

        world.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await world.Ledger.RejectAsync(CaseWorld.Ana, held.Id, "not theirs")).IsSuccess);
        await world.Intake.SweepAsync();

        var alert = Assert.Single((await world.Store.ListAlertsWithoutCaseAsync(10, null)).Alerts);
        Assert.Equal((TransferStatus.Rejected, "alice", 4800m), (alert.Status, alert.CustomerId, alert.Amount.Amount));
        Assert.Equal(["large-new-payee", "empties-account"], alert.Fired);
        Assert.Empty((await world.Store.ListAsync(new CaseQuery(), "ana")).Cases);
    }

    [Theory, EveryEngine]
    public async Task Take_SettledWhileItIsTakenNoteOf_StaysMarkedAndIsTakenAgain(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (alice, bob) = (await world.World.OpenAsync("alice", 5000), await world.World.OpenAsync("bob"));
        var held = await world.TryAsync(alice, bob, 4800);
        var opened = (
            await world.Service.OpenForTransferAsync(CaseWorld.Ana, CaseKind.Fraud, held.Id, CaseSide.Payer, "looks wrong")
        ).Value;
        var settling = new BeforeClearing(world.Outbox, async () =>
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.True((await world.Ledger.ReleaseAsync(CaseWorld.Ana, held.Id, "spoke with the customer")).IsSuccess);
        });

        Assert.False(await world.NewIntake(outbox: settling).ProcessAsync(held.Id));
        Assert.True((await world.World.Store.FindTransferAsync(held.Id))!.IsAlertPending);
        Assert.Equal(1, await world.Intake.SweepAsync());

        var settled = Assert.Single(await world.Store.ListEventsAsync(opened.Id, 10), one => one.Kind == CaseEventKind.AlertSettled);
        Assert.Equal(
            ("Posted", "spoke with the customer", "ana", held.Id),
            (settled.Detail, settled.Text, settled.ActorId, settled.Subject)
        );
        Assert.Equal(TransferStatus.Posted, (await world.Store.FindAlertsAsync([held.Id]))[held.Id].Status);
    }

    [Theory, EveryEngine]
    public async Task Note_OlderViewAfterNewer_KeepsTheNewer(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        var (alice, bob) = (await world.World.OpenAsync("alice", 5000), await world.World.OpenAsync("bob"));
        var held = await world.TryAsync(alice, bob, 4800);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var released = (await world.Ledger.ReleaseAsync(CaseWorld.Ana, held.Id, "fine")).Value;

        await world.Store.SaveAlertAsync(Alert.Of(released), isListed: true);
        var kept = await world.Store.SaveAlertAsync(Alert.Of(held), isListed: true);

        Assert.Equal(TransferStatus.Posted, kept.Status);
    }

    [Theory, EveryEngine]
    public async Task Take_VersionOfTheRulesNotKnownYet_WaitsForIt(EngineKind kind)
    {
        await using var world = await CaseWorld.CreateAsync(kind);
        world.World.RiskRules.Use(ShippedRules.Version1 with { Version = 7 }, null);
        var (sam, bob) = (await world.SuspectAsync("sam"), await world.World.OpenAsync("bob"));
        var blocked = await world.TryAsync(sam, bob, 10);
        world.World.RiskRules.Use(ShippedRules.Version1, null);

        Assert.Equal(0, await world.Intake.SweepAsync());
        Assert.True((await world.World.Store.FindTransferAsync(blocked.Id))!.IsAlertPending);

        world.World.RiskRules.Use(ShippedRules.Version1 with { Version = 7 }, null);
        Assert.Equal(1, await world.Intake.SweepAsync());
        Assert.NotNull(await world.Store.FindOpenAsync(CaseKind.Fraud, "sam"));
    }

    private sealed class CrashException : Exception;

    // Lets a number of calls through that write, and fails at every one after that: before it takes effect, as a crash does.
    private sealed class CrashingStore(ICaseStore inner, int steps) : PassingStore(inner)
    {
        private int _left = steps;

        public void Step()
        {
            if (_left-- <= 0)
            {
                throw new CrashException();
            }
        }

        public override async Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default)
        {
            Step();
            var done = await base.CommitAsync(commit, ct);
            Step();
            return done;
        }

        public override async Task<Alert> SaveAlertAsync(Alert alert, bool isListed, CancellationToken ct = default)
        {
            Step();
            var noted = await base.SaveAlertAsync(alert, isListed, ct);
            Step();
            return noted;
        }
    }

    private sealed class CrashingOutbox(IAlertOutbox inner, CrashingStore steps, bool always = false) : IAlertOutbox
    {
        public IAsyncEnumerable<string> ListAsync(CancellationToken ct = default) => inner.ListAsync(ct);

        public Task<bool> ClearAsync(string transferId, TransferStatus seen, CancellationToken ct = default)
        {
            steps.Step();
            return always ? throw new CrashException() : inner.ClearAsync(transferId, seen, ct);
        }
    }

    private sealed class BeforeCommit(ICaseStore inner, Func<Task> first) : PassingStore(inner)
    {
        private Func<Task>? _first = first;

        public override async Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default)
        {
            if (Interlocked.Exchange(ref _first, null) is { } once)
            {
                await once();
            }

            return await base.CommitAsync(commit, ct);
        }
    }

    private sealed class BeforeClearing(IAlertOutbox inner, Func<Task> first) : IAlertOutbox
    {
        public IAsyncEnumerable<string> ListAsync(CancellationToken ct = default) => inner.ListAsync(ct);

        public async Task<bool> ClearAsync(string transferId, TransferStatus seen, CancellationToken ct = default)
        {
            await first();
            return await inner.ClearAsync(transferId, seen, ct);
        }
    }
}
