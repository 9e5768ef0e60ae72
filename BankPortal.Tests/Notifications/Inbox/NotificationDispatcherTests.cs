using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Tests.Notifications.Inbox;

/// <summary>From the commit to the message: nothing is lost, nothing comes twice, nobody is told of what did not happen.</summary>
[EngineTest]
public sealed class NotificationDispatcherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task DispatchAsync_ATransferWasCommitted_BothPeopleHaveAMessage(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
        var transfer = await desk.TransferAsync(30);

        await desk.NewDispatcher().DispatchAsync(Ct);

        var (sent, received) = (Assert.Single(await desk.MessagesAsync("ann")), Assert.Single(await desk.MessagesAsync("bob")));
        Assert.Equal(("Payment sent", "Money received"), (sent.Title, received.Title));
        Assert.All([sent, received], message => Assert.Equal((transfer.Reference, false), (message.Reference, message.IsRead)));
        Assert.Empty(await desk.Events.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedAfterTheMessages_NobodyIsToldTwice(EngineKind engine)
    {
        var crash = new CrashBefore("BatchWriteItem");
        await using var desk = await AlertDesk.CreateAsync(engine, crash);
        await desk.TransferAsync(30);
        crash.Armed = true;
        await Assert.ThrowsAnyAsync<Exception>(() => desk.NewDispatcher().DispatchAsync(Ct));
        crash.Armed = false;
        var first = Assert.Single(await desk.MessagesAsync("bob"));
        await desk.Inbox.MarkReadAsync("bob", [(first.At, first.Id)], Ct);

        await desk.NewDispatcher().DispatchAsync(Ct);

        Assert.True(Assert.Single(await desk.MessagesAsync("bob")).IsRead);
        Assert.Empty(await desk.Events.ReadAsync(10, ct: Ct));
    }

    [Theory, EveryEngine]
    public async Task DispatchAsync_TheProcessEndedBetweenTheMessages_TheOthersFollow(EngineKind engine)
    {
        var crash = new CrashBefore("PutItem") { Spared = 1 };
        await using var desk = await AlertDesk.CreateAsync(engine, crash);
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
        await using var desk = await AlertDesk.CreateAsync(engine);
        await desk.Events.RaiseAsync(BankEvent.Of("broken", BankEventKinds.PaymentRequested, "ann", DateTimeOffset.UnixEpoch), Ct);
        await desk.TransferAsync(30);

        await desk.NewDispatcher().DispatchAsync(Ct);

        var aside = Assert.Single(await desk.Events.ListAsideAsync(10, Ct));
        Assert.Equal(BankEventKinds.PaymentRequested, aside.Kind);
        Assert.Single(await desk.MessagesAsync("bob"));
        Assert.True(await desk.Events.ResendAsync(aside.Key, Ct));
        Assert.Equal("broken", Assert.Single(await desk.Events.ReadAsync(10, ct: Ct)).Event!.Id);
        Assert.Empty(await desk.Events.ListAsideAsync(10, Ct));
    }

    [Theory, EveryEngine]
    public async Task FollowAsync_AnotherNodeStoredMessages_TellsTheWatchersOnceAndReadsNothingWithoutThem(EngineKind engine)
    {
        await using var desk = await AlertDesk.CreateAsync(engine);
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
        await using var desk = await AlertDesk.CreateAsync(engine);
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
}
