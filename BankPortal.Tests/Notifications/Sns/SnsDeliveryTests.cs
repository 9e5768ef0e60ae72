using BankPortal.Core.Notifications;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Infrastructure.Notifications.Sns;
using BankPortal.Infrastructure.Notifications.Topics;

namespace BankPortal.Tests.Notifications.Sns;

/// <summary>Messages over SNS: each person's topic, the channels they chose, their order, and what happens when SNS loses
/// something.</summary>
[EngineTest]
public sealed class SnsDeliveryTests
{
    private const string Number = SnsDesk.Number;
    private const string Address = "ann@example.com";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_TwoPeople_EachHasATopicWhoseNameTellsNothing()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.AddNumberAsync("bob", "+61412345679");
        await desk.ChooseAsync(DeliveryChannel.Sms);

        await desk.SendAsync("First");

        Assert.Equal(["First"], desk.TitlesAt(Number));
        Assert.Empty(desk.TitlesAt("+61412345679"));
        var topics = (await desk.Server.StateAsync()).Topics;
        Assert.Equal(2, topics.Length);
        Assert.All(topics, topic => Assert.Matches("^arn:aws:sns:eu-west-1:123456789012:test-person-[0-9A-Z]{20}$", topic));
    }

    [Fact]
    public async Task Send_OneChannelOfTwo_OnlyThatAddressGetsItsOwnText()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.AddEmailAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);

        await desk.SendAsync("By text message");
        await desk.SendAsync("By e-mail", AlertKind.LowBalance);

        Assert.Equal(["By text message"], desk.TitlesAt(Number));
        Assert.Equal(["By e-mail"], desk.TitlesAt(Address));
        Assert.Equal("BankPortal: By text message. Text. Reference R1.", desk.Server.Received.Last(one => one.To == Number).Message);
        Assert.Contains("2026-11-28 12:00 UTC", desk.Server.Received.Last(one => one.To == Address).Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ManyMessagesOfAPerson_ArriveInOrder()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);
        string[] titles = [.. Enumerable.Range(1, 20).Select(n => "Message " + n.ToString(CultureInfo.InvariantCulture))];
        foreach (var title in titles)
        {
            await desk.AddAsync(title);
        }

        await desk.DispatchAsync();

        Assert.Equal(titles, desk.TitlesAt(Number));
    }

    [Fact]
    public async Task Send_AnHttpSubscriberOfThePerson_GetsTheMessageWithItsKindAndChannel()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await using var subscriber = await SnsListener.StartAsync();
        await desk.AddNumberAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);
        await desk.Server.Client.SubscribeAsync(
            new SubscribeRequest
            {
                TopicArn = (await desk.Server.StateAsync()).Topics.Single(),
                Protocol = "http",
                Endpoint = subscriber.Address.AbsoluteUri,
                Attributes = { ["FilterPolicy"] = "{\"kind\":[\"HighValue\"],\"channel\":[\"Sms\"]}" },
            });

        await desk.SendAsync("First");

        Assert.Contains("BankPortal: First", Assert.Single(subscriber.Sent).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_TheServiceIsDownForAWhile_NothingIsLost()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);
        await desk.Server.StateAsync("down=yes");
        await desk.SendAsync("First");
        await desk.SendAsync("Second");
        Assert.Empty(desk.TitlesAt(Number));

        await desk.Server.StateAsync("down=no");
        desk.Time.Advance(TimeSpan.FromHours(1));
        await desk.DispatchAsync();

        Assert.Equal(["First", "Second"], desk.TitlesAt(Number));
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
    }

    [Fact]
    public async Task Send_TheServiceComesBackWithoutItsTopics_TheyAreMadeAgainAndNothingIsLost()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);
        await desk.Server.StopAsync();
        await desk.SendAsync("First");
        await desk.Server.StartAgainAsync();
        Assert.Empty((await desk.Server.StateAsync()).Topics);
        desk.Time.Advance(TimeSpan.FromHours(1));

        await desk.SendAsync("Second");

        Assert.Equal(["First", "Second"], desk.TitlesAt(Number));
        Assert.Equal([Number], (await desk.Server.StateAsync()).Subscriptions);
    }

    [Fact]
    public async Task Send_TheTopicWasDeleted_TextMessagesGoOnAndTheEmailHasToBeConfirmedAgain()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddNumberAsync();
        await desk.AddEmailAsync();
        await desk.ChooseAsync(DeliveryChannel.Email, DeliveryChannel.Sms);
        await desk.SendAsync("Before");
        await desk.Server.Client.DeleteTopicAsync(
            new DeleteTopicRequest { TopicArn = (await desk.Server.StateAsync()).Topics.Single() });

        await desk.SendAsync("Meanwhile");

        Assert.Equal(["Before", "Meanwhile"], desk.TitlesAt(Number));
        Assert.Equal(["Before"], desk.TitlesAt(Address));
        Assert.Equal(ContactState.Pending, (await desk.Store.FindAsync("ann", DeliveryChannel.Email, Ct))!.State);
        Assert.Single(await desk.InPortalAsync(), "Confirm your e-mail address again");
        Assert.Single(await desk.InPortalAsync(), "Meanwhile");

        await desk.Server.ConfirmAsync(Address);
        await desk.SendAsync("After");

        Assert.Equal(["Before", "After"], desk.TitlesAt(Address));
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
    }

    [Fact]
    public async Task Send_ThePersonUnsubscribed_IsSeenOnThePageAndByTheNextDaysMessage()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.AddEmailAsync();
        await desk.ChooseAsync(DeliveryChannel.Email);
        await desk.SendAsync("Before");
        var topic = (await desk.Server.StateAsync()).Topics.Single();
        var listed = await desk.Server.Client.ListSubscriptionsByTopicAsync(new ListSubscriptionsByTopicRequest { TopicArn = topic });
        await desk.Server.Client.UnsubscribeAsync(
            new UnsubscribeRequest { SubscriptionArn = listed.Subscriptions.Single().SubscriptionArn });
        desk.Time.Advance(TimeSpan.FromHours(25));

        await desk.SendAsync("After");

        Assert.Equal(["Before"], desk.TitlesAt(Address));
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
        Assert.Single(await desk.InPortalAsync(), "Messages by e-mail have ended");
        var overview = await desk.Service.GetAsync(desk.Ann, Ct);
        Assert.Equal((ContactState.Ended, true), (overview.Of(DeliveryChannel.Email)!.State, overview.IsChecked));
    }

    [Fact]
    public async Task Send_NoAddress_IsNotSentAndNotSetAside()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await desk.ChooseAsync(DeliveryChannel.Sms);

        await desk.SendAsync("First");

        Assert.Empty(desk.Server.Received);
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));
        Assert.Empty(await desk.Outbox.ListAsideAsync(10, Ct));
    }

    [Fact]
    public async Task Send_ToAStaffTopic_IsMadeByNameAndAgainAfterItWasDeleted()
    {
        await using var desk = await SnsDesk.CreateAsync();
        await using var subscriber = await SnsListener.StartAsync();

        await desk.SendAsync("Without a subscriber", AlertKind.Work, StaffTopics.Compliance);
        var topic = (await desk.Server.StateAsync()).Topics.Single();
        await SubscribeAsync();
        await desk.SendAsync("First", AlertKind.Work, StaffTopics.Compliance);
        await desk.Server.Client.DeleteTopicAsync(new DeleteTopicRequest { TopicArn = topic });
        await desk.SendAsync("Second", AlertKind.Work, StaffTopics.Compliance);
        await SubscribeAsync();
        await desk.SendAsync("Third", AlertKind.Work, StaffTopics.Compliance);

        Assert.EndsWith(":test-staff-compliance", topic, StringComparison.Ordinal);
        Assert.Equal(
            ["BankPortal: First", "BankPortal: Third"], subscriber.Sent.Select(sent => SnsReceived.Of(sent.Body).Subject));
        Assert.Empty(await desk.Outbox.ReadAsync(10, ct: Ct));

        Task SubscribeAsync() => desk.Server.Client.SubscribeAsync(
            new SubscribeRequest { TopicArn = topic, Protocol = "http", Endpoint = subscriber.Address.AbsoluteUri });
    }

    [Fact]
    public async Task Send_AConfiguredStaffTopicThatIsNotThere_WaitsForTheOperator()
    {
        await using var desk = await SnsDesk.CreateAsync();
        desk.Settings.Value.Sns.FraudTopic = "arn:aws:sns:eu-west-1:123456789012:fraud";

        await desk.SendAsync("First", AlertKind.Work, StaffTopics.Fraud);

        Assert.Empty((await desk.Server.StateAsync()).Topics);
        Assert.Single(await desk.Outbox.ReadAsync(10, ct: Ct));
    }

    [Theory]
    [InlineData("BankPortal: Low balance", "BankPortal: Low balance")]
    [InlineData("Zoë – paid\nyou €5…", "Zoe ? paid?you ?5...")]
    public void SubjectOf_AnyText_IsOneLineOfAscii(string text, string subject) => Assert.Equal(subject, SnsTopics.SubjectOf(text));
}
