using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Tests.Notifications.Settings;

/// <summary>Who is told when an address no longer takes messages.</summary>
[UnitTest]
public sealed class ContactKeeperTests
{
    [Fact]
    public async Task RefreshAsync_AnAddressHasEnded_TellsThePersonOnceOnEveryNode()
    {
        var ct = TestContext.Current.CancellationToken;
        var (contacts, topics, time) = (new InMemoryContacts(), new FakeContactTopics(), new ManualTime());
        var (inbox, notices) = (new InMemoryInbox(), new FakeInboxNotices());
        var keeper = new ContactKeeper(contacts, topics, inbox, new InboxFeed(NullLogger<InboxFeed>.Instance), notices, time);
        await contacts.TrySaveAsync(
            new ContactPoint("ann", DeliveryChannel.Sms, "+61412345678")
            {
                State = ContactState.Confirmed,
                TopicId = "topic-ann",
                SubscribedAt = time.GetUtcNow().AddDays(-1),
            },
            ct);
        topics.Set(DeliveryChannel.Sms, ContactState.Ended);

        await keeper.RefreshAsync("ann", ct);
        await keeper.RefreshAsync("ann", ct);

        Assert.Equal(["ann"], notices.Told);
        Assert.Equal("Messages by text message have ended", Assert.Single(await inbox.ListAsync(new InboxQuery("ann", 10), ct)).Title);
    }
}
