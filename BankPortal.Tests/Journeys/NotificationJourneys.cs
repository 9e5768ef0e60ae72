using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;
using BankPortal.Tests.Notifications.Sns;

namespace BankPortal.Tests.Journeys;

/// <summary>People are told of their money: at the bell without reloading, and by text message where they want it.</summary>
public sealed class NotificationJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private const string Mobile = "+61412345678";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transfer_RingsAtBothPeopleAndReachesTheTelephoneOfWhoWantsIt()
    {
        await using var sns = await SnsServer.StartAsync();
        await using var own = WithSns(sns);
        await WalkAsync(own, async journey =>
        {
            var (rosalind, payer, payee) = await journey.PayerAsync("Rosalind Franklin", 300, "Max Perutz");
            await AddMobileAsync(own, sns, payee);
            var max = await journey.SignInAsync(payee);

            // Nobody is told by text message who has not asked for it.
            await max.GoAsync("/notifications/settings");
            var wish = max.Page.GetByLabel("Money received by Text message", new PageGetByLabelOptions { Exact = true });
            await Expect(wish).Not.ToBeCheckedAsync();
            await wish.CheckAsync();
            await max.PressAsync("Save settings");
            await max.SeesAsync("Your settings are saved.");
            await max.Page.ReloadAsync();
            await Expect(wish).ToBeCheckedAsync();
            await max.GoAsync("/notifications");
            await max.SeesAsync("Sign-in from a new device");
            await max.PressAsync("Mark all as read");
            await Expect(Bell(max)).ToHaveAttributeAsync("aria-label", "Notifications");

            await rosalind.PayAsync(payer, Payment.To(payee, "40", "Crystals"));

            await Expect(Bell(max)).ToHaveAttributeAsync("aria-label", "Notifications, 1 unread");
            await Bell(rosalind).ClickAsync();
            await rosalind.SeesAsync("40.00 USD sent to Max Perutz");
            await max.SeesAsync("40.00 USD received from Rosalind Franklin");
            await max.Main.Locator(".inbox-message", new LocatorLocatorOptions { HasText = "Money received" })
                .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Details: Money received" }).ClickAsync();
            await max.SeesAsync("Balance afterwards");

            var text = await ReceivedAsync(sns, "40.00 USD");
            Assert.Contains("Rosalind Franklin", text, StringComparison.Ordinal);
            Assert.DoesNotContain(payee.AccountNumber.Replace(" ", "", StringComparison.Ordinal), text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Settings_QuietHoursAndAKindSwitchedOff_HoldWhatGoesOut()
    {
        await using var sns = await SnsServer.StartAsync();
        await using var own = WithSns(sns);
        await WalkAsync(own, async journey =>
        {
            var payer = await own.CreateAsync("Lise Meitner", balance: 300);
            var payee = await own.CreateAsync("Otto Frisch");
            await AddMobileAsync(own, sns, payee);
            var otto = await journey.SignInAsync(payee);
            await otto.GoAsync("/notifications/settings");
            var (wish, bell) = (Check(otto, "Money received by Text message"), Check(otto, "Money received at the bell"));
            await wish.CheckAsync();

            // An end without a beginning is explained beside the field, and nothing is saved.
            await otto.FillAsync("Quiet until", "23:59");
            await otto.PressAsync("Save settings");
            await Expect(otto.Main.Locator("[aria-invalid=true]")).ToHaveCountAsync(1);
            await otto.FillAsync("Quiet from", "00:00");
            await otto.PressAsync("Save settings");
            await otto.SeesAsync("Your settings are saved.");

            // Within quiet hours: in the list at once, the text message waits.
            await own.SendAsync(payer, payee, 40);
            await otto.GoAsync("/notifications");
            await otto.SeesAsync("40.00 USD received from Lise Meitner");
            await WaitsAsync(own, payee);

            // Switched off: in the list, and nowhere else.
            await otto.GoAsync("/notifications/settings");
            await wish.UncheckAsync();
            await bell.UncheckAsync();
            await otto.FillAsync("Quiet from", "");
            await otto.FillAsync("Quiet until", "");
            await otto.PressAsync("Save settings");
            await otto.SeesAsync("Your settings are saved.");
            await otto.GoAsync("/notifications");
            await otto.PressAsync("Mark all as read");
            await Expect(Bell(otto)).ToHaveAttributeAsync("aria-label", "Notifications");
            await own.SendAsync(payer, payee, 41);
            await otto.SeesAsync("41.00 USD received from Lise Meitner");
            await Expect(Bell(otto)).ToHaveAttributeAsync("aria-label", "Notifications");

            // Switched on again: only what comes from now on.
            await otto.GoAsync("/notifications/settings");
            await Expect(bell).Not.ToBeCheckedAsync();
            await wish.CheckAsync();
            await otto.PressAsync("Save settings");
            await otto.SeesAsync("Your settings are saved.");
            await own.SendAsync(payer, payee, 42);
            await ReceivedAsync(sns, "42.00 USD");
            Assert.DoesNotContain(sns.Received, one => one.Message?.Contains("40.00 USD", StringComparison.Ordinal) == true);
            Assert.DoesNotContain(sns.Received, one => one.Message?.Contains("41.00 USD", StringComparison.Ordinal) == true);
        });
    }

    [Fact]
    public async Task Settings_AddingANumberAndAnAddressOnThePage_EachIsConfirmedFirst()
    {
        await using var sns = await SnsServer.StartAsync();
        await using var own = WithSns(sns, ("Notifications:Sender", "None"));
        await WalkAsync(own, async journey =>
        {
            var person = await own.CreateAsync("Ida Noddack", balance: 10, authenticator: true);
            var ida = await journey.SignInAsync(person);
            await ida.GoAsync("/notifications/settings");
            await ida.SettlesAsync();

            await ida.FillAsync("Mobile number", "12");
            await ida.PressAsync("Send a code");
            await Expect(ida.Field("Mobile number")).ToHaveAttributeAsync("aria-invalid", "true");
            await ida.FillAsync("Mobile number", Mobile);
            await ida.PressAsync("Send a code");
            await ida.SeesAsync($"A code was sent to {Mobile}.");
            var code = CodeIn(await ReceivedAsync(sns, "is your code"));
            await ida.FillAsync("Code", code == "123456" ? "123457" : "123456");
            await ida.PressAsync("Confirm number");
            await Expect(ida.Field("Code")).ToHaveAttributeAsync("aria-invalid", "true");
            await ida.FillAsync("Code", code);
            await ida.PressAsync("Confirm number");
            await ida.SeesAsync($"{Mobile} is confirmed. Choose below which messages go there.");

            await ida.FillAsync("E-mail address", "ida@example.org");
            await ida.PressAsync("Send a link");
            await ida.SeesAsync("A link was sent to ida@example.org.");
            await Accessibility.AssertNoViolationsAsync(ida.Page);
            while (!sns.Received.Any(one => one.Type == "SubscriptionConfirmation"))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
            }

            await sns.ConfirmAsync("ida@example.org");
            await ida.Page.ReloadAsync();
            await Expect(ida.Main.Locator(".contact .badge")).ToHaveTextAsync(["Confirmed", "Confirmed"]);

            await ida.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = $"Remove {Mobile}" }).ClickAsync();
            await ida.PressAsync("Remove address");
            await ida.SeesAsync($"{Mobile} was removed.");
        });
    }

    private static JourneyPortal WithSns(SnsServer sns, params (string Key, string Value)[] more) => JourneyPortal.With(
    [
        ("Jobs:Enabled", "true"),
        ("Jobs:LookEvery", "00:00:00.5"),
        ("Notifications:Mode", "Endpoint"),
        ("Notifications:Sns:Endpoint", sns.Address.AbsoluteUri),
        ("Notifications:Sns:Region", "eu-west-1"),
        ("Notifications:Sns:AccessKey", "local"),
        ("Notifications:Sns:SecretKey", "local"),
        .. more,
    ]);

    private static ILocator Check(Visitor visitor, string label) =>
        visitor.Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true });

    // Until a text message to the person waits for a later time.
    private static async Task WaitsAsync(JourneyPortal portal, Person person)
    {
        var outbox = portal.Services.GetRequiredService<IDeliveryOutbox>();
        while (!(await outbox.ReadAsync(10, ct: Ct)).Any(one =>
            one.Event is { } due && due.PersonId == person.UserId && due.At > DateTimeOffset.UtcNow && due.Facts["channel"] == "Sms"))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        }
    }

    private static string CodeIn(string text) => Regex.Match(text, "[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

    private static ILocator Bell(Visitor visitor) => visitor.Page.Locator("a.bell");

    private static async Task AddMobileAsync(JourneyPortal portal, SnsServer sns, Person person)
    {
        var contacts = portal.Services.GetRequiredService<ContactService>();
        var actor = Actor.Customer(person.UserId) with { SecondFactorAt = DateTimeOffset.UtcNow };
        Assert.Null((await contacts.SendCodeAsync(actor, Mobile, null, Ct)).Error);
        var text = await ReceivedAsync(sns, "");
        Assert.Null((await contacts.ConfirmCodeAsync(actor, CodeIn(text), Ct)).Error);
    }

    // What reaches the telephone comes from another process.
    private static async Task<string> ReceivedAsync(SnsServer sns, string part)
    {
        while (true)
        {
            if (sns.Received.FirstOrDefault(one => one.To == Mobile && one.Message?.Contains(part, StringComparison.Ordinal) == true)
                is { Message: { } message })
            {
                return message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Ct);
        }
    }
}
