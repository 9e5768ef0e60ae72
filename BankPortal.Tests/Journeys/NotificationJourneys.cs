using BankPortal.Core.Notifications.Contacts;
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
        await using var own = JourneyPortal.With(
            ("Jobs:Enabled", "true"),
            ("Jobs:LookEvery", "00:00:00.5"),
            ("Notifications:Mode", "Endpoint"),
            ("Notifications:Sns:Endpoint", sns.Address.AbsoluteUri),
            ("Notifications:Sns:Region", "eu-west-1"),
            ("Notifications:Sns:AccessKey", "local"),
            ("Notifications:Sns:SecretKey", "local"));
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

    private static ILocator Bell(Visitor visitor) => visitor.Page.Locator("a.bell");

    private static async Task AddMobileAsync(JourneyPortal portal, SnsServer sns, Person person)
    {
        var contacts = portal.Services.GetRequiredService<ContactService>();
        var actor = Actor.Customer(person.UserId) with { SecondFactorAt = DateTimeOffset.UtcNow };
        Assert.Null((await contacts.SendCodeAsync(actor, Mobile, null, Ct)).Error);
        var text = await ReceivedAsync(sns, "");
        var code = Regex.Match(text, "[0-9]{6}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.Null((await contacts.ConfirmCodeAsync(actor, code, Ct)).Error);
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
