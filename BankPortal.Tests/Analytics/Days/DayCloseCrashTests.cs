using System.Runtime.CompilerServices;
using BankPortal.Core.Analytics.Days;
using BankPortal.Core.Common.Jobs;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Dynamo.Jobs;

namespace BankPortal.Tests.Analytics.Days;

/// <summary>Closing days that dies in the middle, runs on two nodes, and meets the calendar's edges. On real engines.</summary>
[EngineTest]
public sealed class DayCloseCrashTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task Close_KilledAfterAnyRequestForData_ClosesTheSameDays(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(7), 14);

        // Each life makes one step more than the one before it, and dies within the next: in reading, in keeping a part, or in closing.
        string? cursor = null;
        var isDone = false;
        for (var life = 0; !isDone; life++)
        {
            var store = new DyingStore(world.Store) { DiesInParts = life % 3 == 1, DiesInClosing = life % 3 == 2 };
            var job = world.NewJob(new DyingFeed(world.Feed) { Transfers = life % 3 == 0 ? 1 : int.MaxValue }, store);
            try
            {
                await world.StepAsync(job, cursor);
            }
            catch (InvalidOperationException)
            {
                // The node is gone; its cursor was not stored.
            }

            var next = await world.StepAsync(world.NewJob(), cursor);
            (cursor, isDone) = (next.Cursor, next.IsDone);
        }

        await AssertRightAsync(world, new DateOnly(2026, 3, 30), 4, account);
    }

    [Theory, EveryEngine]
    public async Task Close_HolderDiesAndAnotherNodeTakesOver_ClosesTheSameDays(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(7), 14);
        var jobs = new DynamoJobStore(world.Bank.Database);
        var dying = world.NewJob(new DyingFeed(world.Feed) { Transfers = 9 });

        Assert.Equal(JobOutcome.Failed, (await Node(dying).RunDueAsync(dying, "a", Ct)).Outcome);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        var living = world.NewJob();
        Assert.Equal(JobOutcome.Finished, (await Node(living).RunDueAsync(living, "b", Ct)).Outcome);

        await AssertRightAsync(world, new DateOnly(2026, 3, 30), 4, account);

        JobService Node(IBankJob job) => NewNode(world, jobs, job);
    }

    [Theory, EveryEngine]
    public async Task Close_TwoNodesAtOnce_OneRunsAndTheDaysAreRight(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(7), 14);
        var jobs = new DynamoJobStore(world.Bank.Database);

        var outcomes = await Task.WhenAll(new[] { "a", "b", "c" }.Select(async node =>
        {
            var job = world.NewJob();
            return (await NewNode(world, jobs, job).RunDueAsync(job, node, Ct)).Outcome;
        }));

        Assert.Single(outcomes, JobOutcome.Finished);
        Assert.DoesNotContain(JobOutcome.Failed, outcomes);
        await AssertRightAsync(world, new DateOnly(2026, 3, 30), 4, account);
    }

    [Theory, EveryEngine]
    public async Task Close_TwoNodesThatBothBelieveToHoldTheLease_GiveTheSameRows(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2026, 3, 30, 16, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(7), 14);

        await Task.WhenAll(world.CloseAsync(), world.CloseAsync(), world.CloseAsync());

        await AssertRightAsync(world, new DateOnly(2026, 3, 30), 4, account);
    }

    [Theory, EveryEngine]
    public async Task Close_LeapDay_IsADayOfItsMonthAndYear(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2028, 2, 27, 17, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(12), 8);

        await world.CloseAsync();

        var leap = new DateOnly(2028, 2, 29);
        Assert.Equal(2, Assert.Single(await world.Store.ReadAsync(BankPeriodKind.Day, Currency.Usd, leap, leap, Ct)).Totals.All.Count);
        var february = new DateOnly(2028, 2, 1);
        var month = Assert.Single(await world.Store.ReadAsync(BankPeriodKind.Month, Currency.Usd, february, february, Ct));
        Assert.Equal((await SumAsync(world, new DateOnly(2028, 2, 27), 3, account)).Count, month.Totals.All.Count);
        await AssertRightAsync(world, new DateOnly(2028, 2, 27), 4, account);
    }

    [Theory, EveryEngine]
    public async Task Close_EndOfTheYear_KeepsMonthAndYear(EngineKind kind)
    {
        await using var world = await DayCloseWorld.CreateAsync(kind, new DateTimeOffset(2027, 12, 30, 17, 0, 0, TimeSpan.Zero));
        var account = await FillAsync(world, TimeSpan.FromHours(12), 8);

        await world.CloseAsync();

        var sum = await SumAsync(world, new DateOnly(2027, 12, 30), 2, account);
        Assert.Equal(sum, (await world.Service.ReadYearAsync(Currency.Usd, 2027, Ct)).Totals.All);
        Assert.True((await world.Service.ReadYearAsync(Currency.Usd, 2027, Ct)).IsClosed);
        Assert.Equal(sum, (await world.Service.ReadMonthsAsync(Currency.Usd, 2027, Ct))[11].Totals.All);
        Assert.False((await world.Service.ReadYearAsync(Currency.Usd, 2028, Ct)).IsClosed);
        await AssertRightAsync(world, new DateOnly(2027, 12, 30), 4, account);
    }

    // New York changes its clocks on 8 March (23 hours) and 1 November 2026 (25 hours).
    [Theory, EveryEngine]
    public async Task Close_DaysOf23And25Hours_HaveEveryEntryOnce(EngineKind kind)
    {
        foreach (var (start, day, hours) in new[]
        {
            (new DateTimeOffset(2026, 3, 8, 4, 30, 0, TimeSpan.Zero), new DateOnly(2026, 3, 8), 23),
            (new DateTimeOffset(2026, 11, 1, 3, 30, 0, TimeSpan.Zero), new DateOnly(2026, 11, 1), 25),
        })
        {
            await using var world = await DayCloseWorld.CreateAsync(kind, start);
            var account = await FillAsync(world, TimeSpan.FromHours(1), 30);
            world.Clock.Advance(TimeSpan.FromDays(1));

            await world.CloseAsync();

            var row = Assert.Single(await world.Store.ReadAsync(BankPeriodKind.Day, Currency.Usd, day, day, Ct));
            Assert.Equal(hours, row.Totals.All.Count);
            await AssertRightAsync(world, day.AddDays(-1), 3, account);
        }
    }

    private static JobService NewNode(DayCloseWorld world, IJobStore jobs, IBankJob job) => new(
        jobs,
        [job],
        new JobOptions(),
        TimeZoneInfo.FindSystemTimeZoneById(world.Bank.Options.TimeZone),
        world.Clock,
        NullLogger<JobService>.Instance);

    // An account with a deposit every so often; then it is the afternoon of the day after the last.
    private static async Task<Account> FillAsync(DayCloseWorld world, TimeSpan every, int count)
    {
        var account = await world.Bank.OpenAsync("ann");
        for (var i = 0; i < count; i++)
        {
            await world.PayAsync(account, 1 + i, TransferKind.Deposit);
            world.Clock.Advance(every);
        }

        return account;
    }

    private static async Task<FlowSum> SumAsync(DayCloseWorld world, DateOnly first, int days, Account account)
    {
        var sum = default(FlowSum);
        for (var day = first; day < first.AddDays(days); day = day.AddDays(1))
        {
            sum = sum.Plus((await world.NaiveAsync(day, account)).GetValueOrDefault("all"));
        }

        return sum;
    }

    private static async Task AssertRightAsync(DayCloseWorld world, DateOnly first, int days, Account account)
    {
        var closed = await world.Store.FindClosedToAsync(Ct);
        Assert.Equal(world.Bank.Rules.DayOf(world.Clock.GetUtcNow()).AddDays(-1), closed);
        for (var day = first; day < first.AddDays(days) && day <= closed; day = day.AddDays(1))
        {
            var row = Assert.Single(await world.Service.ReadDaysAsync(Currency.Usd, day, day, Ct));
            Assert.True(row.IsClosed);
            Assert.Equal((await world.NaiveAsync(day, account)).GetValueOrDefault("all"), row.Totals.All);
            Assert.Empty(await world.Verification.VerifyAsync(day, new WorkShare(1, world.Clock), Ct));
        }

        var stored = await new DynamoAccountDayStore(world.Bank.Database).ReadAsync(account.Id, DateOnly.MinValue, Ct);
        Assert.True(DaySums.AreUnbroken(stored));
        Assert.Equal(0, await world.AccountDays.RebuildAsync(account.Id, Ct));
    }

    /// <summary>A feed that fails after some transfers, as when the node is killed there.</summary>
    private sealed class DyingFeed(ITransferFeedReader inner) : ITransferFeedReader
    {
        public int Transfers { get; init; }

        private int _given;

        public async IAsyncEnumerable<Transfer> ReadPeriodAsync(
            DateTimeOffset from, DateTimeOffset before, [EnumeratorCancellation] CancellationToken ct = default)
        {
            await foreach (var transfer in inner.ReadPeriodAsync(from, before, ct))
            {
                if (_given++ >= Transfers)
                {
                    throw new InvalidOperationException("Killed while reading.");
                }

                yield return transfer;
            }
        }

        public Task<IReadOnlyList<Transfer>> ReadNewestAsync(
            int limit, DateTimeOffset notBefore, DateTimeOffset before, CancellationToken ct = default) =>
            inner.ReadNewestAsync(limit, notBefore, before, ct);

        public Task<bool> AnyAsync(CancellationToken ct = default) => inner.AnyAsync(ct);
    }

    /// <summary>A store whose node is killed as soon as a write is done, before it can say so.</summary>
    private sealed class DyingStore(IBankDayStore inner) : IBankDayStore
    {
        public bool DiesInParts { get; init; }

        public bool DiesInClosing { get; init; }

        public Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default) => inner.FindClosedToAsync(ct);

        public Task<DateOnly?> FindFirstAsync(CancellationToken ct = default) => inner.FindFirstAsync(ct);

        public async Task SavePartAsync(
            DateOnly day, int part, IReadOnlyDictionary<Currency, BankTotals> totals, CancellationToken ct = default)
        {
            await inner.SavePartAsync(day, part, totals, ct);
            if (DiesInParts)
            {
                throw new InvalidOperationException("Killed after a part.");
            }
        }

        public Task<IReadOnlyList<(Currency Currency, BankTotals Totals)>> ReadPartsAsync(DateOnly day, CancellationToken ct = default) =>
            inner.ReadPartsAsync(day, ct);

        public async Task<bool> TryCloseAsync(
            DateOnly day, DateOnly? closedTo, IReadOnlyCollection<BankPeriod> periods, CancellationToken ct = default)
        {
            var isClosed = await inner.TryCloseAsync(day, closedTo, periods, ct);
            return DiesInClosing ? throw new InvalidOperationException("Killed after closing.") : isClosed;
        }

        public Task<IReadOnlyList<BankPeriod>> ReadAsync(
            BankPeriodKind kind, Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default) =>
            inner.ReadAsync(kind, currency, from, to, ct);
    }
}
