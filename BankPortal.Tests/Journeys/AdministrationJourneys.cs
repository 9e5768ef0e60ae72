namespace BankPortal.Tests.Journeys;

/// <summary>Administrators look after users: one unlocks, two decide about roles.</summary>
public sealed class AdministrationJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public Task Customer_LockedOut_IsUnlockedAndSignsIn() => WalkAsync(async journey =>
    {
        var locked = await journey.Portal.CreateAsync("Joan Clarke", balance: 10);
        var joan = await journey.OpenBrowserAsync("Joan");
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await joan.GivePasswordAsync(locked, "Wrong-Password-1");
            await Expect(joan.Main.Locator(attempt < 5 ? "[role=alert]" : "h1:not(:text('Sign in'))").First).ToBeVisibleAsync();
        }

        await joan.IsAtAsync("/auth/lockout");

        var admin = await StaffAsync(journey, "Ada", BankRoles.Admin);
        await admin.FollowMenuAsync("Users");
        await admin.FillAsync("E-mail address, account number or user id", locked.Email);
        await admin.PressAsync("Find");
        await admin.FollowAsync("Joan Clarke");
        await admin.PressAsync("Unlock…");
        await admin.FillAsync("Reason", "Called from the number we know");
        await admin.PressAsync("Unlock");
        await Expect(admin.Main.GetByText("user.unlock")).ToBeVisibleAsync();
        await admin.SettlesAsync();
        await Accessibility.AssertNoViolationsAsync(admin.Page);

        await joan.GivePasswordAsync(locked);
        await joan.IsAtAsync("/account/dashboard");
    });

    [Fact]
    public Task Role_TakenAwayByTwoAdministrators_EndsTheOpenTabWithinSeconds() => WalkAsync(async journey =>
    {
        var analyst = await journey.Portal.CreateAsync("Mavis Batey", authenticator: true, role: BankRoles.Analyst);
        var mavis = await StaffAsync(journey, "Mavis", analyst);
        await mavis.FollowMenuAsync("Held transfers");
        await mavis.SeesHeadingAsync("Held transfers");
        var first = await StaffAsync(journey, "Dilly", BankRoles.Admin);
        var second = await StaffAsync(journey, "Nigel", BankRoles.Admin);
        await first.GoAsync($"/admin/users?q={Uri.EscapeDataString(analyst.Email)}");
        await first.FollowAsync("Mavis Batey");
        await first.PressAsync("Change staff roles…");
        await first.Field("Fraud analyst").UncheckAsync();
        await first.FillAsync("Reason", "Leaves the bank");
        await first.PressAsync("Ask for it");
        await first.SeesAsync("Waits for a second administrator");
        await first.SeesAsync("You have asked for this. Somebody else has to decide on it.");
        await mavis.Page.ReloadAsync();
        await mavis.SeesHeadingAsync("Held transfers");

        await second.GoAsync("/admin/users");
        await second.Main.GetByRole(AriaRole.Link, new() { Name = "Mavis Batey" }).First.ClickAsync();
        await second.PressAsync("Approve…");
        await second.FillAsync("Reason", "Confirmed with her manager");
        await second.PressAsync("Approve");
        await second.SeesAsync("Approved");

        await Expect(mavis.Page).ToHaveURLAsync(new Regex("/auth/login", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Expect(second.Main.Locator("dd").Filter(new() { HasText = "None" }).First).ToBeVisibleAsync();
        await second.SettlesAsync();
        await Accessibility.AssertNoViolationsAsync(second.Page);
        await second.Page.SetViewportSizeAsync(LookSteps.PhoneWidth, 740);
        Assert.Equal("", await LookSteps.FindTooWideAsync(second.Page, LookSteps.PhoneWidth));
    });

    private static async Task<Visitor> StaffAsync(Journey journey, string name, string role) =>
        await StaffAsync(journey, name, await journey.Portal.CreateAsync($"{name} Knox", authenticator: true, role: role));

    private static async Task<Visitor> StaffAsync(Journey journey, string name, Person person)
    {
        var visitor = await journey.OpenBrowserAsync(name);
        await visitor.GivePasswordAsync(person);
        await visitor.GiveCodeAsync(await person.Authenticator!.NextCodeAsync(Ct));
        await visitor.IsAtAsync("/staff");
        return visitor;
    }
}
