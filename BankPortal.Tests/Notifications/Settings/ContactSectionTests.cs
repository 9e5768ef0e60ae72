using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Web.Features.Notifications.Settings;

namespace BankPortal.Tests.Notifications.Settings;

/// <summary>The section "Where messages reach you" of the notification settings.</summary>
public sealed class ContactSectionTests : BankPageContext
{
    private const string Number = "+61412345678";

    [Fact]
    public void Section_WithoutANotificationService_IsNotThere()
    {
        var section = Render<ContactSection>();

        Assert.DoesNotContain("Where messages reach you", section.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_OnlyTextMessages_HasNoEmail()
    {
        var section = Show(DeliveryChannel.Sms);

        Assert.Equal(["Text messages"], section.FindAll("h3").Select(title => title.TextContent));
    }

    [Fact]
    public async Task Number_SentAndConfirmed_IsShownAsConfirmed()
    {
        var section = Show(DeliveryChannel.Sms);
        await section.Find("[name=contact-number]").ChangeAsync(new() { Value = "+61 412 345 678" });
        await section.Find("form").SubmitAsync();
        var (to, text) = Assert.Single(Topics.Texts);
        Assert.Equal(Number, to);
        Assert.Contains("six digits to " + Number, section.Markup, StringComparison.Ordinal);

        await section.Find("[name=contact-code]").ChangeAsync(new() { Value = CodeIn(text) });
        await section.Find("form").SubmitAsync();

        section.WaitForAssertion(() => Assert.Equal("Confirmed", section.Find(".badge").TextContent.Trim()));
        Assert.Contains("is confirmed. Choose below", section.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(BankEventKinds.AlertAddressAdded, Assert.Single(Events.All).Kind);
    }

    [Fact]
    public async Task Number_WrongCode_SaysSoNextToTheFieldAndHowManyTriesAreLeft()
    {
        var section = Show(DeliveryChannel.Sms);
        await section.Find("[name=contact-number]").ChangeAsync(new() { Value = Number });
        await section.Find("form").SubmitAsync();
        var code = CodeIn(Topics.Texts.Single().Text);

        await section.Find("[name=contact-code]").ChangeAsync(new() { Value = code == "000000" ? "000001" : "000000" });
        await section.Find("form").SubmitAsync();

        section.WaitForAssertion(() => Assert.Contains(
            "That is not the code we sent. You can try 4 more times.", section.Find("#contact-code-error").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Number_NotANumber_IsRefusedNextToTheField()
    {
        var section = Show(DeliveryChannel.Sms);
        await section.Find("[name=contact-number]").ChangeAsync(new() { Value = "my phone" });

        await section.Find("form").SubmitAsync();

        Assert.Contains("Enter a mobile number", section.Find("#contact-number-error").TextContent, StringComparison.Ordinal);
        Assert.Empty(Topics.Texts);
    }

    [Fact]
    public async Task Number_WithoutAFreshSecondFactor_AsksForItAndComesBack()
    {
        var section = Show(DeliveryChannel.Sms);
        SetSecondFactor(null);
        await section.Find("[name=contact-number]").ChangeAsync(new() { Value = Number });

        await section.Find("form").SubmitAsync();

        Assert.Contains("returnUrl=%2Fnotifications%2Fsettings", Navigation.Uri, StringComparison.Ordinal);
        Assert.Single(JSInterop.Invocations, call => call.Identifier == "bankPortal.keepDraft");
        Assert.Empty(Topics.Texts);
    }

    [Fact]
    public async Task Email_Added_WaitsForTheLinkThatCanBeSentAgain()
    {
        var section = Show(DeliveryChannel.Email, DeliveryChannel.Sms);
        Assert.Equal("ann@example.com", section.Find("[name=contact-email]").GetAttribute("value"));

        await section.FindAll("form")[0].SubmitAsync();

        section.WaitForAssertion(() => Assert.Equal("Waiting for your confirmation", section.Find(".badge").TextContent.Trim()));
        await Button(section, "Send the link again").ClickAsync(new());
        section.WaitForAssertion(() => Assert.Contains(
            "A link was sent to ann@example.com.", section.Find("[role=status]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Number_EndedAtTheService_IsShownWithWhatToDo()
    {
        await StoreAsync(ContactState.Confirmed);

        var section = Show(DeliveryChannel.Sms);

        Assert.Equal("Ended", section.Find(".badge").TextContent.Trim());
        Assert.Contains("Send a code to the number to use it again", section.Markup, StringComparison.Ordinal);
        Assert.Single(await Inbox.ListAsync(new("ann", 10)), message => message.Title == "Messages by text message have ended");
    }

    [Fact]
    public async Task Number_Removed_IsAskedFirst()
    {
        Topics.Set(DeliveryChannel.Sms, ContactState.Confirmed);
        await StoreAsync(ContactState.Confirmed);
        var section = Show(DeliveryChannel.Sms);

        await Button(section, "Remove").ClickAsync(new());
        Assert.NotNull(await Contacts.FindAsync("ann", DeliveryChannel.Sms));
        await Button(section, "Remove address").ClickAsync(new());

        section.WaitForAssertion(() => Assert.Contains(Number + " was removed.", section.Markup, StringComparison.Ordinal));
        Assert.Null(await Contacts.FindAsync("ann", DeliveryChannel.Sms));
    }

    [Fact]
    public async Task Section_TheServiceIsDown_ShowsWhatIsStoredAndSaysSo()
    {
        await StoreAsync(ContactState.Confirmed);
        Topics.IsDown = true;

        var section = Show(DeliveryChannel.Sms);

        Assert.Contains("We could not check your addresses just now", section.Markup, StringComparison.Ordinal);
        Assert.Equal("Confirmed", section.Find(".badge").TextContent.Trim());
    }

    [Fact]
    public async Task Section_AnotherPersonsAddress_IsNotShown()
    {
        await Contacts.TrySaveAsync(new ContactPoint("ben", DeliveryChannel.Sms, Number) { State = ContactState.Confirmed });

        Assert.DoesNotContain(Number, Show(DeliveryChannel.Sms).Markup, StringComparison.Ordinal);
    }

    private static string CodeIn(string text) => Regex.Match(text, "[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<ContactSection> section, string text) =>
        section.FindAll("button").First(button => button.TextContent == text);

    private Task StoreAsync(ContactState state) => Contacts.TrySaveAsync(
        new ContactPoint("ann", DeliveryChannel.Sms, Number) { State = state, TopicId = "topic-ann", SubscribedAt = Bank.Time.GetUtcNow().AddHours(-1) });

    private IRenderedComponent<ContactSection> Show(params DeliveryChannel[] offered)
    {
        Topics.Offered = [.. offered];
        var section = Render<ContactSection>();
        section.WaitForState(() => section.FindAll("h3").Count > 0);
        return section;
    }
}
