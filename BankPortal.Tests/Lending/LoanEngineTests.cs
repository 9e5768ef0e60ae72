using BankPortal.Bench.Faults;
using BankPortal.Core.Common.Approvals;
using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Lending;
using BankPortal.Core.Lending.Applications;
using BankPortal.Core.Lending.Book;
using BankPortal.Infrastructure.Dynamo.Approvals;
using BankPortal.Infrastructure.Lending.Book;
using Microsoft.AspNetCore.DataProtection;
using static BankPortal.Tests.Lending.LoanSamples;

namespace BankPortal.Tests.Lending;

/// <summary>The stores of loans and approvals on real engines; collection by nodes that die and by several at once.</summary>
[EngineTest]
public sealed class LoanEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    [Theory, EveryEngine]
    public async Task Loan_WrittenAndRead_IsTheSameAndGuardedByItsVersion(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoLoanStore(fixture.Database, Protector);
        var loan = NewLoan("ann", "a") with
        {
            Purpose = "Küche",
            Affordability = new Affordability(6, Usd(1), Usd(2), Usd(3), Usd(4)),
            NextRunAt = Start,
            HolidayApproval = "h",
            HolidayMonths = 2,
            WriteOffApproval = "w",
            Source = "old",
            Events = 1,
            DueRecorded = 1,
            Figures = new LoanFigures
            {
                PaidOutOn = Day("2026-01-15"), ClosedOn = Day("2026-01-16"), Outstanding = 1, Due = 2, UnpaidSince = Day("2026-01-17"),
                NextDueOn = Day("2026-01-18"), NextAmount = 3, Remaining = 4, WrittenOff = 5, Recovered = 6,
            },
            Pending = Event(LoanEventKind.Early, "2026-02-01", 1, 2, 3) with { Effect = EarlyEffect.PayOff, By = "ann", Sequence = 2 },
        };
        var happened = Event(LoanEventKind.Holiday, "2026-02-01") with { Months = 2, Reason = "Ill", Transfers = ["t1", "t2"], Instalment = 4 };

        Assert.True(await store.TryAddAsync(loan, [happened]));
        Assert.False(await store.TryAddAsync(loan, []));
        var read = (await store.ReadAsync(loan.Id))!;
        Assert.Equal(loan with { Pending = null }, read.Loan with { Pending = null });
        Assert.Equal(Text(loan.Pending), Text(read.Loan.Pending!));
        Assert.Equal(Text(happened), Text(Assert.Single(read.Events)));
        Assert.Equal(loan.Id, Assert.Single(await store.ListByOwnerAsync("ann")).Id);
        Assert.Empty(await store.ListByOwnerAsync("ben"));

        var next = loan with { Version = 2, Status = LoanStatus.Active, Events = 2, Pending = null, NextRunAt = null };
        Assert.True(await store.TryWriteAsync(next, [happened with { Sequence = 2 }]));
        Assert.False(await store.TryWriteAsync(next, [happened with { Sequence = 3 }]));
        Assert.Equal(2, (await store.ReadAsync(loan.Id))!.Events.Length);
        Assert.Equal(LoanStatus.Active, (await store.FindAsync(loan.Id))!.Status);
        Assert.Null(await store.ReadAsync(DerivedId.From("none")));
    }

    [Theory, EveryEngine]
    public async Task Lists_ManyLoans_AreReadPageByPageAndByState(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoLoanStore(fixture.Database, Protector);
        for (var i = 0; i < 24; i++)
        {
            var loan = NewLoan("owner" + i, "a") with { NextRunAt = Start.AddMinutes(i) };
            await store.TryAddAsync(i < 12 ? loan : loan with { Status = LoanStatus.Active }, []);
        }

        var due = new List<DueLoan>();
        var active = new List<Loan>();
        for (var shard = 0; shard < ILoanStore.Shards; shard++)
        {
            ImmutableArray<DueLoan> page;
            do
            {
                using var requests = fixture.CountRequests();
                var after = due.LastOrDefault() is { } last && last.LoanId[^1] % 4 == shard ? last : null;
                page = await store.FindDueAsync(shard, Start.AddMinutes(9), 3, after);
                Assert.Equal(1, requests.Total);
                due.AddRange(page);
            }
            while (page.Length == 3);
            active.AddRange(await store.ListAsync(LoanStatus.Active, shard, 100));
        }

        Assert.Equal(10, due.Select(one => one.LoanId).Distinct().Count());
        Assert.Equal(12, active.Count);
    }

    [Theory, EveryEngine]
    public async Task LongHistory_AddedAtOnce_IsReadWhole(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoLoanStore(fixture.Database, Protector);
        var events = Enumerable.Range(1, 400).Select(i => Event(LoanEventKind.Due, "2026-01-15", 1) with { Sequence = i }).ToList();
        var loan = NewLoan("ann", "a") with { Events = 400 };
        Assert.True(await store.TryAddAsync(loan, events));
        Assert.Equal(Enumerable.Range(1, 400), (await store.ReadAsync(loan.Id))!.Events.Select(one => one.Sequence));
    }

    [Theory, EveryEngine]
    public async Task Approval_TwoDecideAtOnce_AreBothKept(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var time = new ManualTime(Start);
        var store = new DynamoApprovalStore(fixture.Database, Protector);
        var service = new ApprovalService(store, new ApproverConflicts(new ConflictsOfInterest(new InMemoryRelatedPersons())), time);
        var request = new Approval
        {
            Id = "x", Kind = "loan-grant", Subject = "loan/1", Text = "Text", MakerId = "ann", Parties = ["ann", "bob"], Needed = 2,
            RequestedAt = Start, ExpiresAt = Start,
        };
        await service.RequestAsync(request, TimeSpan.FromDays(2));
        await service.RequestAsync(request with { Text = "Other" }, TimeSpan.FromDays(3));
        Assert.Equal("Text", Assert.Single(await service.FindPendingAsync("loan-grant", 10)).Text);

        var answers = await Task.WhenAll(new[] { "m1", "m2", "ann", "bob" }.Select(user => Task.Run(() => service.DecideAsync(user, "loan/1", "x", true, "Yes"))));
        Assert.Equal([true, true, false, false], answers.Select(answer => answer.IsSuccess));
        var decided = (await service.FindAsync("loan/1", "x"))!;
        Assert.Equal((ApprovalState.Approved, 3L), (decided.State, decided.Version));
        Assert.Equal(["m1", "m2"], decided.Decisions.Select(one => one.UserId).Order());
        Assert.Empty(await service.FindPendingAsync("loan-grant", 10));
        Assert.Single(await service.HistoryAsync("loan/1", 10));

        await service.RequestAsync(request with { Id = "y" }, TimeSpan.FromDays(2));
        time.Advance(TimeSpan.FromDays(2));
        Assert.IsType<ApprovalClosedError>((await service.DecideAsync("m1", "loan/1", "y", true, "Late")).Error);
        Assert.Equal(ApprovalState.Expired, (await service.ExpireAsync("loan/1", "y"))!.State);
    }

    [Theory, EveryEngine]
    public async Task Collection_SeveralNodesAtOnceAndKilledAnywhere_CollectsOnce(EngineKind kind)
    {
        var time = new ManualTime(Start);
        await using var world = await LedgerWorld.CreateAsync(kind, time);
        var (store, loans) = await LendAsync(world, 4);

        // Two instalments are due on each.
        time.Advance(TimeSpan.FromDays(62));
        for (var writes = 0; writes < 6; writes++)
        {
            // Nodes that die at a later write each, beside each other.
            await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => CollectAsync(world, new DyingStore(store, writes)))));
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => CollectAsync(world, store))));
        await AssertCollectedAsync(world, store, loans);
    }

    [Fact]
    public async Task Collection_StoreThrottlesAndLosesAnswers_CollectsOnce()
    {
        var time = new ManualTime(Start);
        var faults = new FaultInjector(11, 0.25, FaultKind.Throttle, FaultKind.TimeoutAfter, FaultKind.DropAfter, FaultKind.ServerError);
        await using var world = await LedgerWorld.CreateAsync(EngineKind.Dynoxide, time, faults);
        var (store, loans) = await LendAsync(world, 3);
        time.Advance(TimeSpan.FromDays(62));
        faults.Enabled = true;
        var isDone = false;
        for (var runs = 0; !isDone && runs < 100; runs++)
        {
            isDone = (await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(TryAsync)))).All(done => done)
                && await RemainingAsync() == 0;
        }

        faults.Enabled = false;
        Assert.True(isDone);
        Assert.Contains(faults.Injected, fault => fault.Key is FaultKind.TimeoutAfter or FaultKind.DropAfter && fault.Value > 0);
        await AssertCollectedAsync(world, store, loans);

        async Task<int> RemainingAsync()
        {
            faults.Enabled = false;
            var left = 0;
            foreach (var loan in loans)
            {
                left += (await store.FindAsync(loan.Id))!.NextRunAt <= time.GetUtcNow() ? 1 : 0;
            }

            faults.Enabled = true;
            return left;
        }

        async Task<bool> TryAsync()
        {
            try
            {
                await CollectAsync(world, store);
                return true;
            }
            catch (Exception exception) when (
                exception is Amazon.Runtime.AmazonClientException or HttpRequestException or LedgerUnavailableException)
            {
                return false;
            }
        }
    }

    private static Loan NewLoan(string owner, string account) => new()
    {
        Id = DerivedId.From("loan", owner),
        OwnerId = owner,
        AccountId = account,
        Product = "personal",
        ProductName = "Personal loan",
        Terms = Terms(1_200, 12, 12) with { ArrangementFee = Usd(12), Instalment = null },
        Status = LoanStatus.Applied,
        AppliedAt = Start,
        Version = 1,
    };

    // Records with arrays are compared as text.
    private static string Text(LoanEvent happened) =>
        string.Join(' ', happened.Transfers) + (happened with { Transfers = ImmutableArray<string>.Empty });

    private static async Task<(DynamoLoanStore Store, List<Loan> Loans)> LendAsync(LedgerWorld world, int count)
    {
        var store = new DynamoLoanStore(world.Database, Protector);
        var loans = new List<Loan>();
        for (var i = 0; i < count; i++)
        {
            var account = await world.OpenAsync("owner" + i, 1_000);
            var loan = NewLoan("owner" + i, account.Id) with { Status = LoanStatus.Granted, NextRunAt = Start, Events = 1 };
            Assert.True(await store.TryAddAsync(loan, [Event(LoanEventKind.Granted, "2026-01-15")]));
            loans.Add(loan);
        }

        await CollectAsync(world, store);
        foreach (var loan in loans)
        {
            Assert.Equal(LoanStatus.Active, (await store.FindAsync(loan.Id))!.Status);
            Assert.Equal(1_000_00 + 1_200_00 - 12_00, (await world.AccountStore.FindAsync(loan.AccountId))!.Balance.MinorUnits);
        }

        return (store, loans);
    }

    private static async Task AssertCollectedAsync(LedgerWorld world, DynamoLoanStore store, List<Loan> loans)
    {
        foreach (var loan in loans)
        {
            var file = (await store.ReadAsync(loan.Id))!;
            var state = file.AsOf(Day("2026-03-18"));
            Assert.Null(file.Loan.Pending);
            Assert.Equal((Usd(0), 10), (state.Due, state.Remaining));
            Assert.Equal([1, 2], file.Events.Where(one => one.Kind == LoanEventKind.Due).Select(one => one.Instalment));
            var paid = file.Events.Where(one => one.Kind == LoanEventKind.Paid).Sum(one => one.Total);
            var entries = (await world.EntriesAsync((await world.AccountStore.FindAsync(loan.AccountId))!))
                .Where(entry => entry.Kind is TransferKind.LoanPayment || entry.Description.EndsWith("late fee", StringComparison.Ordinal))
                .ToList();
            Assert.Equal(-paid, entries.Sum(entry => entry.Amount.MinorUnits));
            Assert.Equal(entries.Count, entries.Select(entry => entry.TransferId).Distinct().Count());
            Assert.Equal(
                file.Events.Where(one => one.Kind == LoanEventKind.Paid).SelectMany(one => one.Transfers).Order(),
                entries.Select(entry => entry.TransferId).Order());
        }

        await world.AssertCleanAsync();
    }

    private static async Task CollectAsync(LedgerWorld world, ILoanStore store)
    {
        var options = new LendingOptions();
        var clock = new LendingClock(world.Rules, options, world.Time);
        var approvals = new ApprovalService(
            new DynamoApprovalStore(world.Database, Protector), new ApproverConflicts(world.Conflicts), world.Time);
        var runner = new LoanRunner(
            store, world.AccountStore, world.NewService(), approvals, new InMemoryEvents(), clock, options,
            NullLogger<LoanRunner>.Instance);
        var job = new LoanCollectionJob(store, runner, options, NullLogger<LoanCollectionJob>.Instance);
        string? cursor = null;
        JobStep step;
        do
        {
            step = await job.StepAsync(new JobContext("node", 1, cursor, clock.Now, clock.Now), default);
            cursor = step.Cursor;
        }
        while (!step.IsDone);
    }

    /// <summary>Fails at a write, before or after carrying it out, and at every one that follows.</summary>
    private sealed class DyingStore(ILoanStore inner, int writes) : ILoanStore
    {
        private int _left = writes / 2;

        public Task<LoanFile?> ReadAsync(string loanId, CancellationToken ct = default) => inner.ReadAsync(loanId, ct);

        public Task<Loan?> FindAsync(string loanId, CancellationToken ct = default) => inner.FindAsync(loanId, ct);

        public Task<ImmutableArray<Loan>> ListByOwnerAsync(string ownerId, CancellationToken ct = default) =>
            inner.ListByOwnerAsync(ownerId, ct);

        public Task<bool> TryAddAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default) =>
            inner.TryAddAsync(loan, events, ct);

        public async Task<bool> TryWriteAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default)
        {
            var left = Interlocked.Decrement(ref _left);
            if (left >= 0)
            {
                return await inner.TryWriteAsync(loan, events, ct);
            }

            if (left == -1 && writes % 2 == 1)
            {
                await inner.TryWriteAsync(loan, events, ct);
            }

            throw new IOException("killed");
        }

        public Task<ImmutableArray<DueLoan>> FindDueAsync(
            int shard, DateTimeOffset now, int limit, DueLoan? after = null, CancellationToken ct = default) =>
            inner.FindDueAsync(shard, now, limit, after, ct);

        public Task<ImmutableArray<Loan>> ListAsync(
            LoanStatus status, int shard, int limit, string? after = null, CancellationToken ct = default) =>
            inner.ListAsync(status, shard, limit, after, ct);
    }
}
