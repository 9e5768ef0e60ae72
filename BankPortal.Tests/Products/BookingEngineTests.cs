using BankPortal.Core.Products.Bookings;
using BankPortal.Core.Products.Terms;
using BankPortal.Infrastructure.Analytics;
using BankPortal.Infrastructure.Ledger.Reconciliation;
using BankPortal.Infrastructure.Products.Bookings;
using BankPortal.Infrastructure.Products.Terms;

namespace BankPortal.Tests.Products;

[EngineTest]
public sealed class BookingEngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory, EveryEngine]
    public async Task Terms_WrittenAndRead_AreTheSameAndGuardedByTheRevision(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoTermsStore(fixture.Database);
        var version = new TermsVersion
        {
            Product = AccountType.Savings,
            Number = 1,
            Terms = new ProductTerms(
                DayCount.Thirty360,
                [new(0, 1.2345m), new(1_000.5m, 2m)],
                new FeeTerms { Monthly = 1.5m, WaivedFrom = 100, PerMovement = 0.25m, FreeMovements = 3 }),
            From = new DateOnly(2026, 2, 3),
            IsCorrection = true,
            Reason = "Why",
            State = TermsState.Approved,
            MakerId = "a",
            MadeAt = Start,
            DeciderId = "b",
            DecidedAt = Start.AddHours(1),
            Comment = "Yes",
            Sequence = 1,
        };

        Assert.True(await store.TryWriteAsync(version, 0));
        Assert.False(await store.TryWriteAsync(version with { Number = 2 }, 0));
        Assert.True(await store.TryWriteAsync(version with { Number = 2, Sequence = 0, State = TermsState.Proposed, Comment = null }, 1));

        var book = await store.ReadAsync(AccountType.Savings);
        Assert.Equal(2, book.Revision);
        Assert.Equal([version, version with { Number = 2, Sequence = 0, State = TermsState.Proposed, Comment = null }], book.Versions);
        Assert.Empty((await store.ReadAsync(AccountType.Checking)).Versions);
    }

    [Theory, EveryEngine]
    public async Task Bookings_WrittenAndRead_AreTheSameAndFinalOnesStay(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind);
        var store = new DynamoBookingStore(fixture.Database);
        var booking = new Booking
        {
            AccountId = "a",
            Kind = BookingKind.Correction,
            From = new DateOnly(2026, 1, 1),
            Through = new DateOnly(2026, 1, 31),
            Amount = new Money(-12, Currency.Usd),
            TermsSequence = 3,
            State = BookingState.Pending,
            Units = Int128.Parse("170141183460469231731687303", CultureInfo.InvariantCulture),
            RemainderBefore = 4,
            RemainderAfter = 5,
            Description = "Text",
            Corrected = ImmutableSortedDictionary<DateOnly, CorrectedPeriod>.Empty.Add(new DateOnly(2026, 1, 31), new(-12, 5)),
            MadeAt = Start,
        };
        var head = new BookingHead("a", booking.Through, 5, 3, new DateOnly(2026, 1, 2), 1);

        Assert.True(await store.TryAddAsync(head, [booking]));
        Assert.False(await store.TryAddAsync(head, []));
        Assert.False(await store.TryAddAsync(head with { Revision = 2 }, [booking]));
        var posted = booking with { State = BookingState.Posted, TransferId = "t", PostedOn = new DateOnly(2026, 2, 1) };
        await store.UpdateAsync(posted);
        await store.UpdateAsync(booking with { Misses = 1, MissedAt = Start });

        var read = await store.ReadAsync("a", new DateOnly(2026, 1, 31));
        Assert.Equal(head, read.Head);
        var one = Assert.Single(read.Bookings);
        Assert.Equal(posted with { Corrected = one.Corrected }, one);
        Assert.Equal(posted.Corrected.AsEnumerable(), one.Corrected.AsEnumerable());
        Assert.Empty((await store.ReadAsync("a", new DateOnly(2026, 2, 1))).Bookings);
        Assert.Equal(head, (await store.ReadAsync("a", new DateOnly(2026, 2, 1))).Head);

        Assert.Null(await store.ReadWalkAsync());
        var walk = new BookingWalk(booking.Through, "1-2", 3, Start);
        await store.SaveWalkAsync(walk);
        Assert.Equal(walk, await store.ReadWalkAsync());
    }

    [Theory, EveryEngine]
    public async Task Walk_SeveralNodesAtOnce_PayEachAccountOnce(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime(Start));
        var accounts = new List<Account>();
        for (var i = 0; i < 6; i++)
        {
            accounts.Add(await world.OpenAsync($"owner{i}", 10_000 + i, i % 3 == 2 ? AccountType.Checking : AccountType.Savings));
        }

        var nodes = Enumerable.Range(0, 3).Select(_ => NewNode(world)).ToList();
        await nodes[0].Terms.ReadAsync(AccountType.Savings);
        await nodes[0].Terms.ReadAsync(AccountType.Checking);
        ((ManualTime)world.Time).Advance(TimeSpan.FromDays(60));

        await Task.WhenAll(nodes.Select(node => Task.Run(() => WalkAsync(node.Run))));

        foreach (var account in accounts.Where(account => account.Type == AccountType.Savings))
        {
            var interest = (await world.EntriesAsync(account)).Where(entry => entry.Kind == TransferKind.Interest).ToList();
            Assert.Equal(["Interest for 5 January 2026 to 31 January 2026", "Interest for February 2026"], interest.Select(entry => entry.Description));
        }

        Assert.All(accounts.Where(account => account.Type == AccountType.Checking), account => Assert.Equal(1, account.Sequence));
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Walk_KilledAnywhere_TheNextOnePaysOnce(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime(Start));
        var account = await world.OpenAsync("owner", 10_000, AccountType.Savings);
        await NewNode(world).Terms.ReadAsync(AccountType.Savings);
        ((ManualTime)world.Time).Advance(TimeSpan.FromDays(60));

        // Each node dies at a later write: before and after the row, and after the money has moved but before that is noted.
        for (var writes = 0; writes < 8; writes++)
        {
            var store = new DyingStore(new DynamoBookingStore(world.Database), writes);
            var failure = await Record.ExceptionAsync(() => WalkAsync(NewNode(world, store).Run));
            Assert.True(failure is null or DiedException, failure?.ToString());
        }

        await WalkAsync(NewNode(world).Run);
        var interest = (await world.EntriesAsync(account)).Where(entry => entry.Kind == TransferKind.Interest).ToList();
        Assert.Equal(["Interest for 5 January 2026 to 31 January 2026", "Interest for February 2026"], interest.Select(entry => entry.Description));
        var history = await new DynamoBookingStore(world.Database).ReadAsync(account.Id, DateOnly.MinValue);
        Assert.All(history.Bookings, booking => Assert.Equal(BookingState.Posted, booking.State));
        Assert.Equal(interest.Select(entry => entry.TransferId), history.Bookings.Select(booking => booking.TransferId));
        await world.AssertCleanAsync();
    }

    [Theory, EveryEngine]
    public async Task Walk_NothingIsDue_EndsAtOnce(EngineKind kind)
    {
        await using var world = await LedgerWorld.CreateAsync(kind, new ManualTime(Start));
        await world.OpenAsync("owner", 10_000, AccountType.Savings);
        var node = NewNode(world);
        await node.Terms.ReadAsync(AccountType.Savings);
        ((ManualTime)world.Time).Advance(TimeSpan.FromDays(60));
        Assert.Equal(1, await WalkAsync(node.Run));

        using var requests = world.Fixture.CountRequests();
        Assert.Equal(0, await WalkAsync(node.Run));
        Assert.Equal(3, requests.Total); // the terms of both products, and the last walk
    }

    private static async Task<int> WalkAsync(BookingRun run)
    {
        string? cursor = null;
        BookingStep step;
        do
        {
            step = await run.StepAsync(cursor);
            cursor = step.Cursor;
        }
        while (cursor is not null);

        return step.Accounts;
    }

    private static Node NewNode(LedgerWorld world, IBookingStore? store = null)
    {
        var options = new ProductOptions { Savings = new ConfiguredTerms { Rate = 5 } };
        var terms = new TermsService(
            new DynamoTermsStore(world.Database), options, world.Rules, world.Audit.NewTrail(world.Time), world.Conflicts, world.StepUp,
            world.Time);
        var days = new AccountDayService(
            new DynamoAccountDayStore(world.Database, 24), world.Store, world.Rules, NullLogger<AccountDayService>.Instance);
        store ??= new DynamoBookingStore(world.Database);
        var service = new BookingService(
            store, terms, days, world.Store, world.NewService(), world.Rules, options, world.Time, NullLogger<BookingService>.Instance);
        var accounts = new DynamoReconciliationReader(world.Database, world.LedgerItems, world.AccountItems);
        return new Node(terms, new BookingRun(accounts, store, terms, service, world.Time));
    }

    private sealed record Node(TermsService Terms, BookingRun Run);

    private sealed class DiedException : Exception;

    /// <summary>Fails at a write, before or after carrying it out, and at every one that follows.</summary>
    private sealed class DyingStore(IBookingStore inner, int writes) : IBookingStore
    {
        private int _left = writes / 2;

        public Task<BookingHistory> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default) =>
            inner.ReadAsync(accountId, from, ct);

        public async Task<bool> TryAddAsync(BookingHead head, IReadOnlyCollection<Booking> bookings, CancellationToken ct = default)
        {
            var result = false;
            await WriteAsync(async () => result = await inner.TryAddAsync(head, bookings, ct));
            return result;
        }

        public Task UpdateAsync(Booking booking, CancellationToken ct = default) => WriteAsync(() => inner.UpdateAsync(booking, ct));

        public Task<BookingWalk?> ReadWalkAsync(CancellationToken ct = default) => inner.ReadWalkAsync(ct);

        public Task SaveWalkAsync(BookingWalk walk, CancellationToken ct = default) => WriteAsync(() => inner.SaveWalkAsync(walk, ct));

        private async Task WriteAsync(Func<Task> write)
        {
            if (_left-- > 0)
            {
                await write();
                return;
            }

            if (_left == -1 && writes % 2 == 1)
            {
                await write();
            }

            throw new DiedException();
        }
    }
}
