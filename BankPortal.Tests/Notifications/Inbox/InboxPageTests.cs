using BankPortal.Core.Notifications;
using BankPortal.Web.Features.Notifications.Inbox;

namespace BankPortal.Tests.Notifications.Inbox;

/// <summary>The notification centre and the bell, for the person who is signed in and nobody else.</summary>
public sealed class InboxPageTests : BankPageContext
{
    [Fact]
    public void Page_WithoutMessages_SaysWhatComesHere()
    {
        var page = Render<InboxPage>();

        page.WaitForAssertion(() => Assert.Contains("No messages yet", page.Markup, StringComparison.Ordinal));
        Assert.True(page.FindAll("button").Single(button => button.TextContent == "Mark all as read").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Page_WithMessages_ShowsOnlyOwnOnesNewestFirst()
    {
        await AddAsync("ann", 1, "Payment sent");
        await AddAsync("ann", 2, "Low balance");
        await AddAsync("bob", 3, "Money received");

        var page = Render<InboxPage>();

        page.WaitForAssertion(() => Assert.Equal(
            ["Low balance", "Payment sent"], page.FindAll(".inbox-message strong").Select(title => title.TextContent)));
        Assert.DoesNotContain("Money received", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MarkAll_TwoMessages_BellAndListShowNone()
    {
        await AddAsync("ann", 1, "Payment sent");
        await AddAsync("ann", 2, "Low balance");
        var bell = Render<Bell>();
        var page = Render<InboxPage>();
        bell.WaitForAssertion(() => Assert.Equal("2", bell.Find(".bell-count").TextContent));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".inbox-unread").Count));

        await page.FindAll("button").Single(button => button.TextContent == "Mark all as read").ClickAsync(new());

        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll(".bell-count")));
        Assert.Equal("Notifications", bell.Find("a").GetAttribute("aria-label"));
        Assert.Equal(0, await Inbox.CountUnreadAsync("ann", 10));
    }

    [Fact]
    public async Task Bell_AMessageArrives_CountsItWithoutAPoll()
    {
        var bell = Render<Bell>();
        bell.WaitForAssertion(() => Assert.NotEmpty(bell.FindAll("a")));
        await AddAsync("ann", 1, "Payment sent");
        await AddAsync("bob", 2, "Money received");

        Services.GetRequiredService<InboxFeed>().Publish("ann");

        bell.WaitForAssertion(() => Assert.Equal("Notifications, 1 unread", bell.Find("a").GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Page_MoreThanAPage_LeadsToOlderOnes()
    {
        for (var number = 0; number <= InboxService.PageSize; number++)
        {
            await AddAsync("ann", number, $"Message {number}");
        }

        var page = Render<InboxPage>();
        page.WaitForAssertion(() => Assert.Equal(InboxService.PageSize, page.FindAll(".inbox-message").Count));
        Navigation.NavigateTo(page.Find(".inbox-more a").GetAttribute("href")!);

        page = Render<InboxPage>();
        page.WaitForAssertion(() => Assert.Equal("Message 0", page.Find(".inbox-message strong").TextContent));
    }

    private Task AddAsync(string person, int number, string title) => Inbox.AddAsync(
        new InboxMessage(
            person,
            DerivedId.From("test", person, number.ToString(CultureInfo.InvariantCulture)),
            MessageTopic.Money,
            Bank.Time.GetUtcNow().AddMinutes(number),
            title,
            "Text.",
            "",
            null),
        []);
}
