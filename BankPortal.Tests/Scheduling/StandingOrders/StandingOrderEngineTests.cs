using BankPortal.Bench.Faults;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Scheduling;
using BankPortal.Core.Scheduling.StandingOrders;
using BankPortal.Infrastructure.Scheduling.StandingOrders;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Scheduling.StandingOrders;

[EngineTest]
public sealed class StandingOrderEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    [Theory, EveryEngine]
    public async Task Store_WrittenAndRead_IsTheSameAndGuardedByTheVersion(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoStandingOrderStore(fixture.Database, Protector);
        var order = Order("ann", "a", "b") with
        {
            Description = "Rent",
            Schedule = PaymentSchedule.Monthly(new DateOnly(2026, 11, 30), 3, BusinessDayRule.Before) with
            {
                Day = 31,
                Until = new DateOnly(2030, 1, 1),
                Count = 7,
            },
            PausedFor = "InsufficientFunds",
            NextIndex = 2,
            NextDate = new DateOnly(2026, 12, 1),
            NextPayOn = new DateOnly(2026, 12, 2),
            NextRunAt = Start,
            Tries = 1,
            LastRefusal = "Busy",
            FailuresInRow = 2,
            LastDate = new DateOnly(2026, 11, 1),
        };

        Assert.True(await store.TryAddAsync(order));
        Assert.False(await store.TryAddAsync(order));
        Assert.Equal(order, await store.FindAsync("ann", order.Id));
        Assert.Null(await store.FindAsync("ben", order.Id));
        Assert.Equal(order, Assert.Single(await store.ListAsync("ann")));

        var run = new StandingOrderRun
        {
            OrderId = order.Id, OwnerId = "ann", Date = order.NextDate.Value, Outcome = RunOutcome.Failed, Amount = order.Amount, At = Start,
            Refusal = "InsufficientFunds",
        };
        var next = order with { Version = 2, State = StandingOrderState.Paused, NextRunAt = null, Tries = 0, LastRefusal = null };
        Assert.True(await store.TryWriteAsync(next, run));
        Assert.False(await store.TryWriteAsync(next, null));
        Assert.False(await store.TryWriteAsync(next with { Version = 3 }, run));
        Assert.Equal(next, await store.FindAsync("ann", order.Id));
        var later = run with { Date = new DateOnly(2027, 1, 1), TransferId = "t", Refusal = null, Outcome = RunOutcome.Paid };
        Assert.True(await store.TryWriteAsync(next with { Version = 3 }, later));
        Assert.Equal([later, run], await store.ReadRunsAsync("ann", order.Id, 10));
        Assert.Equal([run], await store.ReadRunsAsync("ann", order.Id, 10, new DateOnly(2027, 1, 1)));
    }

    [Theory, EveryEngine]
    public async Task FindDue_ManyOrders_ReadsOnlyWhatIsDuePageByPage(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoStandingOrderStore(fixture.Database, Protector);
        for (var i = 0; i < 30; i++)
        {
            await store.TryAddAsync(Order("owner" + i, "a", "b") with { NextRunAt = Start.AddMinutes(i) });
        }

        var found = new List<DueOrder>();
        for (var shard = 0; shard < IStandingOrderStore.DueShards; shard++)
        {
            DueOrder? after = null;
            ImmutableArray<DueOrder> page;
            do
            {
                using var requests = fixture.CountRequests();
                page = await store.FindDueAsync(shard, Start.AddMinutes(9), 3, after);
                Assert.Equal(1, requests.Total);
                found.AddRange(page);
                after = page.LastOrDefault();
            }
            while (page.Length == 3);
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => "owner" + i), found.OrderBy(due => due.RunAt).Select(due => due.OwnerId));
    }

    [Theory, EveryEngine]
    public async Task Run_SeveralNodesAtOnceAndKilledAnywhere_PaysEachDateOnce(EngineKind kind)
    {
        var time = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, time);
        var store = new DynamoStandingOrderStore(world.Database, Protector);
        var clock = new SchedulingClock(world.Options, time);
        var options = new SchedulingOptions();
        var plan = new StandingOrderPlan(new BusinessCalendar(new CalendarOptions()), clock, options);
        var events = new InMemoryEvents();
        var orders = new List<StandingOrder>();
        var to = await world.OpenAsync("payee");
        for (var i = 0; i < 4; i++)
        {
            var from = await world.OpenAsync("owner" + i, 1_000);
            var order = plan.Begin(Order("owner" + i, from.Id, to.Id) with { ToNumber = to.Number, Schedule = PaymentSchedule.Weekly(new DateOnly(2026, 12, 1)) });
            Assert.True(await store.TryAddAsync(order));
            orders.Add(order);
        }

        // Two dates are due.
        time.Advance(TimeSpan.FromDays(12));
        for (var writes = 0; writes < 5; writes++)
        {
            // Nodes that die at a later write each, beside each other.
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => RunAsync(new DyingStore(store, writes)))));
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => RunAsync(store))));

        Assert.Equal(4 * 2 * 10_00, (await world.ReadAsync(to)).Balance.MinorUnits);
        foreach (var order in orders)
        {
            var runs = await store.ReadRunsAsync(order.OwnerId, order.Id, 10);
            Assert.Equal([new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 1)], runs.Select(run => run.Date));
            Assert.All(runs, run => Assert.Equal(RunOutcome.Paid, run.Outcome));
            Assert.Equal(new DateOnly(2026, 12, 15), (await store.FindAsync(order.OwnerId, order.Id))!.NextDate);
        }

        Assert.Equal(8, events.All.Count());
        await world.AssertCleanAsync();

        async Task RunAsync(IStandingOrderStore used)
        {
            var runner = new StandingOrderRunner(
                used, plan, world.NewService(), world.Payees, world.Directory, events, clock, NullLogger<StandingOrderRunner>.Instance);
            var job = new StandingOrderJob(used, runner, options, NullLogger<StandingOrderJob>.Instance);
            string? cursor = null;
            JobStep step;
            do
            {
                step = await job.StepAsync(new JobContext("node", 1, cursor, clock.Now, clock.Now), default);
                cursor = step.Cursor;
            }
            while (!step.IsDone);
        }
    }

    [Fact]
    public async Task Run_StoreThrottlesAndLosesAnswers_PaysEachDateOnce()
    {
        var time = new ManualTime(Start);
        var faults = new FaultInjector(7, 0.25, FaultKind.Throttle, FaultKind.TimeoutAfter, FaultKind.DropAfter, FaultKind.ServerError);
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, time, faults);
        var store = new DynamoStandingOrderStore(world.Database, Protector);
        var clock = new SchedulingClock(world.Options, time);
        var options = new SchedulingOptions { CatchUpDays = 30 };
        var plan = new StandingOrderPlan(new BusinessCalendar(new CalendarOptions()), clock, options);
        var events = new InMemoryEvents();
        var to = await world.OpenAsync("payee");
        var orders = new List<StandingOrder>();
        for (var i = 0; i < 3; i++)
        {
            var from = await world.OpenAsync("owner" + i, 1_000);
            var order = plan.Begin(Order("owner" + i, from.Id, to.Id) with { ToNumber = to.Number });
            Assert.True(await store.TryAddAsync(order));
            orders.Add(order);
        }

        // Three dates are due.
        time.Advance(TimeSpan.FromDays(19));
        faults.Enabled = true;
        var isDone = false;
        for (var runs = 0; !isDone && runs < 100; runs++)
        {
            isDone = (await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(RunAsync)))).All(done => done)
                && (await RemainingAsync()) == 0;
        }

        faults.Enabled = false;
        Assert.True(isDone);
        Assert.Contains(faults.Injected, fault => fault.Key == FaultKind.Throttle && fault.Value > 0);
        Assert.Contains(faults.Injected, fault => fault.Key is FaultKind.TimeoutAfter or FaultKind.DropAfter && fault.Value > 0);
        Assert.Equal(3 * 3 * 10_00, (await world.ReadAsync(to)).Balance.MinorUnits);
        foreach (var order in orders)
        {
            var runs = await store.ReadRunsAsync(order.OwnerId, order.Id, 10);
            Assert.Equal(
                [new DateOnly(2026, 12, 15), new DateOnly(2026, 12, 8), new DateOnly(2026, 12, 1)], runs.Select(run => run.Date));
            Assert.All(runs, run => Assert.Equal(RunOutcome.Paid, run.Outcome));
        }

        Assert.Equal(9, events.All.Count());
        await world.AssertCleanAsync();

        async Task<int> RemainingAsync()
        {
            faults.Enabled = false;
            var left = 0;
            foreach (var order in orders)
            {
                left += (await store.FindAsync(order.OwnerId, order.Id))!.NextRunAt <= clock.Now ? 1 : 0;
            }

            faults.Enabled = true;
            return left;
        }

        // What the store did not answer is a failed run, as the job service sees it; the next run goes on.
        async Task<bool> RunAsync()
        {
            try
            {
                var runner = new StandingOrderRunner(
                    store,
                    plan,
                    world.NewService(),
                    world.Payees,
                    world.Directory,
                    events,
                    clock,
                    NullLogger<StandingOrderRunner>.Instance);
                var job = new StandingOrderJob(store, runner, options, NullLogger<StandingOrderJob>.Instance);
                string? cursor = null;
                JobStep step;
                do
                {
                    step = await job.StepAsync(new JobContext("node", 1, cursor, clock.Now, clock.Now), default);
                    cursor = step.Cursor;
                }
                while (!step.IsDone);
                return true;
            }
            catch (Exception exception) when (
                exception is Amazon.Runtime.AmazonClientException or HttpRequestException or LedgerUnavailableException)
            {
                return false;
            }
        }
    }

    private static StandingOrder Order(string owner, string from, string to) => new()
    {
        Id = DerivedId.From(owner),
        OwnerId = owner,
        FromAccountId = from,
        ToAccountId = to,
        ToNumber = AccountNumber.Parse("7404817367"),
        PayeeName = "Ben Baker",
        Amount = Money.Of(10, Currency.Usd),
        Schedule = PaymentSchedule.Weekly(new DateOnly(2026, 12, 1)),
        CreatedAt = Start,
        ChangedAt = Start,
        Version = 1,
    };

    /// <summary>A store that fails every write after some.</summary>
    private sealed class DyingStore(IStandingOrderStore inner, int writes) : IStandingOrderStore
    {
        private int _left = writes;

        public Task<StandingOrder?> FindAsync(string ownerId, string orderId, CancellationToken ct = default) =>
            inner.FindAsync(ownerId, orderId, ct);

        public Task<ImmutableArray<StandingOrder>> ListAsync(string ownerId, CancellationToken ct = default) =>
            inner.ListAsync(ownerId, ct);

        public Task<bool> TryAddAsync(StandingOrder order, CancellationToken ct = default) => inner.TryAddAsync(order, ct);

        public Task<bool> TryWriteAsync(StandingOrder order, StandingOrderRun? run, CancellationToken ct = default) =>
            Interlocked.Decrement(ref _left) >= 0 ? inner.TryWriteAsync(order, run, ct) : throw new IOException("killed");

        public Task<ImmutableArray<StandingOrderRun>> ReadRunsAsync(
            string ownerId, string orderId, int limit, DateOnly? before = null, CancellationToken ct = default) =>
            inner.ReadRunsAsync(ownerId, orderId, limit, before, ct);

        public Task<ImmutableArray<DueOrder>> FindDueAsync(
            int shard, DateTimeOffset now, int limit, DueOrder? after = null, CancellationToken ct = default) =>
            inner.FindDueAsync(shard, now, limit, after, ct);
    }
}
