using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Notifications.Inbox;
using BankPortal.Infrastructure.Notifications.Preferences;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Tests.Notifications.Inbox;

/// <summary>From the commit to the message: nothing is lost, nothing comes twice, nobody is told of what did not happen.</summary>
[EngineTest]
public sealed class NotificationDispatcherTests
{
    private static readonly FieldProtector Protector = new(new EphemeralDataProtectionProvider());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task DispatchAsync_ATransferWasCommitted_BothPeopleHaveAMessage(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        var transfer = await desk.TransferAsync(30);

        await desk.NewDispatcher().DispatchAsync(Ct);

        var (sent, received) = (Assert.Single(await desk.MessagesAsync("ann")), Assert.Single(await desk.MessagesAsync("bob")));
        Assert.Equal(("Payment sent", "Money received"), (sent.Title, received.Title));
        Assert.All([sent, received], message => Assert.Equal((transfer.Reference, false), (message.Reference, message.IsRead)));
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedAfterTheMessages_NobodyIsToldTwice(EngineKind engine)
    {
        var crash = new CrashBefore("BatchWriteItem");
        await using var desk = await Desk.CreateAsync(engine, crash);
        await desk.TransferAsync(30);
        crash.Armed = true;
        await Assert.ThrowsAnyAsync<Exception>(() => desk.NewDispatcher().DispatchAsync(Ct));
        crash.Armed = false;
        var first = Assert.Single(await desk.MessagesAsync("bob"));
        await desk.Inbox.MarkReadAsync("bob", [(first.At, first.Id)], Ct);

        await desk.NewDispatcher().DispatchAsync(Ct);

        Assert.True(Assert.Single(await desk.MessagesAsync("bob")).IsRead);
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedBetweenTheMessages_TheOthersFollow(EngineKind engine)
    {
        var crash = new CrashBefore("PutItem") { Spared = 1 };
        await using var desk = await Desk.CreateAsync(engine, crash);
        await desk.TransferAsync(30);
        crash.Armed = true;
        await Assert.ThrowsAnyAsync<Exception>(() => desk.NewDispatcher().DispatchAsync(Ct));
        crash.Armed = false;

        await desk.NewDispatcher().DispatchAsync(Ct);

        Assert.Single(await desk.MessagesAsync("ann"));
        Assert.Single(await desk.MessagesAsync("bob"));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_AnEventCannotBeWritten_IsSetAsideAndTheOthersGoOn(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        await desk.Outbox.RaiseAsync(BankEvent.Of("broken", BankEventKinds.PaymentRequested, "ann", DateTimeOffset.UnixEpoch), Ct);
        await desk.TransferAsync(30);

        await desk.NewDispatcher().DispatchAsync(Ct);

        var aside = Assert.Single(await desk.Outbox.ListAsideAsync(10, Ct));
        Assert.Equal(BankEventKinds.PaymentRequested, aside.Kind);
        Assert.Single(await desk.MessagesAsync("bob"));
        Assert.True(await desk.Outbox.ResendAsync(aside.Key, Ct));
        Assert.Equal("broken", Assert.Single(await desk.Outbox.ReadAsync(10, ct: Ct)).Event!.Id);
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
    }

    [Theory, EveryEngine]
    public async Task FollowAsync_AnotherNodeStoredMessages_TellsTheWatchersOnceAndReadsNothingWithoutThem(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        var (feed, rung) = (new InboxFeed(NullLogger<InboxFeed>.Instance), new SemaphoreSlim(0));
        var other = new InboxFollower(desk.NewNotices(), feed, TimeProvider.System);
        var own = new InboxFollower(desk.Notices, desk.Feed, TimeProvider.System);
        await desk.TransferAsync(30);
        await desk.NewDispatcher().DispatchAsync(Ct);

        await other.FollowAsync(Ct);
        using (feed.Subscribe("bob", () => rung.Release()))
        {
            await other.FollowAsync(Ct);
            await rung.WaitAsync(Ct);
            await other.FollowAsync(Ct);
        }

        Assert.Equal(0, rung.CurrentCount);
        using (desk.Feed.Subscribe("bob", () => rung.Release()))
        {
            Assert.Empty(await desk.Notices.ReadAsync(DateTimeOffset.UtcNow.AddMinutes(-5), Ct));
            await own.FollowAsync(Ct);
        }
    }

    [Theory, EveryEngine]
    public async Task MarkAllReadAsync_ManyMessages_CountsNone(EngineKind engine)
    {
        await using var desk = await Desk.CreateAsync(engine);
        for (var number = 0; number < 3; number++)
        {
            await desk.TransferAsync(5);
        }

        await desk.NewDispatcher().DispatchAsync(Ct);
        var service = new InboxService(desk.Inbox, desk.Feed);
        var bob = Actor.Customer("bob");
        Assert.Equal(3, await service.CountUnreadAsync(bob, Ct));

        await service.MarkAllReadAsync(bob, Ct);

        Assert.Equal(0, await service.CountUnreadAsync(bob, Ct));
        Assert.Equal(3, (await service.ListAsync(bob, ct: Ct)).Count);
        Assert.Empty(await service.ListAsync(bob, onlyUnread: true, ct: Ct));
        Assert.Empty(await service.ListAsync(bob, topic: MessageTopic.Security, ct: Ct));
        Assert.Equal(3, await service.CountUnreadAsync(Actor.Customer("ann"), Ct));
    }

    private sealed class Desk : IAsyncDisposable
    {
        private readonly LedgerWorld _world;
        private readonly Account _from;
        private readonly Account _to;

        private Desk(LedgerWorld world, Account from, Account to)
        {
            (_world, _from, _to) = (world, from, to);
            Outbox = new DynamoEventOutbox(world.Database, Protector, new EventSignal(), TimeProvider.System);
            Store = new DynamoLedgerStore(world.Database, world.LedgerItems, world.AccountItems, events: Outbox);
            var deliveries = new DynamoDeliveryOutbox(world.Database, Protector, TimeProvider.System);
            Notices = NewNotices();
            Inbox = new DynamoInboxStore(world.Database, Protector, deliveries);
        }

        public DynamoEventOutbox Outbox { get; }

        public DynamoInboxStore Inbox { get; }

        public DynamoInboxNotices Notices { get; }

        public InboxFeed Feed { get; } = new(NullLogger<InboxFeed>.Instance);

        private DynamoLedgerStore Store { get; }

        public static async Task<Desk> CreateAsync(EngineKind engine, params IRequestInterceptor[] interceptors)
        {
            var world = await LedgerWorld.CreateAsync(engine, null, interceptors);
            return new Desk(world, await world.OpenAsync("ann", 1_000), await world.OpenAsync("bob"));
        }

        public async Task<Transfer> TransferAsync(decimal amount) =>
            (await _world.NewService(Store).ExecuteAsync(_world.Order(_from, _to, amount) with { DuplicateConfirmed = true }, Ct)).Value;

        public NotificationDispatcher NewDispatcher() => new(
            Outbox,
            Store,
            new FakeStaffDirectory(),
            Inbox,
            Feed,
            Notices,
            new DynamoNotificationPreferencesStore(_world.Database),
            new DeliveryPlan([], _world.Rules),
            new MessageWriter(new MessageRules()),
            TimeProvider.System,
            NullLogger<NotificationDispatcher>.Instance);

        public DynamoInboxNotices NewNotices() => new(_world.Database, TimeProvider.System);

        public Task<IReadOnlyList<InboxMessage>> MessagesAsync(string person) => Inbox.ListAsync(new InboxQuery(person, 10), Ct);

        public ValueTask DisposeAsync() => _world.DisposeAsync();
    }
}
