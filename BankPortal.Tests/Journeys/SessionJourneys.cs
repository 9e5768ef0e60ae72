namespace BankPortal.Tests.Journeys;

/// <summary>Sessions end when the person is idle, when somebody ends them, and at sign-out.</summary>
public sealed class SessionJourneys(ChromiumFixture chromium, JourneyPortal portal) : JourneyTest(chromium, portal)
{
    [Fact]
    public async Task Silence_OfThePerson_AsksAndThenSignsOut()
    {
        await using var hasty = JourneyPortal.With(
            ("Sessions:CustomerIdle", "00:00:25"),
            ("Sessions:IdleWarning", "00:00:20"),
            ("Sessions:ReportEvery", "00:00:00.2"),
            ("Sessions:TouchInterval", "00:00:01")
        );
        await WalkAsync(hasty, async journey =>
        {
            var person = await hasty.CreateAsync("Alan Turing", balance: 10);
            var alan = await journey.OpenBrowserAsync("Alan");
            await alan.GoAsync("/transactions/history?q=deposit");
            await alan.FillSignInAsync(person);
            await Expect(alan.Entry("Opening deposit")).ToBeVisibleAsync();

            var dialog = alan.Page.GetByRole(AriaRole.Alertdialog, new PageGetByRoleOptions { Name = "Are you still there?" });
            await Expect(dialog).ToBeVisibleAsync();
            await Expect(dialog.GetByText("0:", new LocatorGetByTextOptions())).ToBeVisibleAsync();
            await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Stay signed in" }).ClickAsync();
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(alan.Entry("Opening deposit")).ToBeVisibleAsync();

            alan.Watch.Expect(401, "/identity/session");
            await Expect(dialog).ToBeVisibleAsync();
            await alan.IsAtAsync(@"/auth/login\?reason=idle&returnUrl=.*");
            await alan.SeesAsync("You were signed out because nothing happened for a while.");
            await alan.FillSignInAsync(person);
            await alan.IsAtAsync(@"/transactions/history\?q=deposit");
        });
    }

    [Fact]
    public Task OtherSession_EndedFromTheSecurityPage_IsThrownOut() =>
        WalkAsync(async journey =>
        {
            var person = await Portal.CreateAsync("Barbara Liskov", balance: 25);
            var phone = await journey.SignInAsync(
                person,
                new BrowserNewContextOptions
                {
                    UserAgent =
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                }
            );
            await phone.SeesAmountAsync(phone.Total(), 25);
            phone.Watch.Expect(401, "/identity/session");

            var desk = await journey.SignInAsync(person);
            await desk.GoAsync("/identity/security");
            await Expect(desk.Main.Locator(".session-item")).ToHaveCountAsync(2);
            await desk
                .Main.Locator(".session-item", new LocatorLocatorOptions { HasText = "iPhone" })
                .GetByRole(AriaRole.Button)
                .ClickAsync();
            await Expect(desk.Main.Locator(".session-item")).ToHaveCountAsync(1);

            await phone.IsAtAsync(@"/auth/login\?reason=ended&returnUrl=.*");
            await phone.SeesAsync("Your session was ended.");
            await phone.GoAsync("/account/dashboard");
            await phone.IsAtAsync("/auth/login.*");

            await desk.GoAsync("/account/dashboard");
            await desk.SeesAmountAsync(desk.Total(), 25);
        });

    [Fact]
    public Task SigningOut_WithThreeTabsOpen_SaysSoInAllOfThem() =>
        WalkAsync(async journey =>
        {
            var (first, _) = await journey.CustomerAsync("Frances Allen", balance: 7);
            Visitor[] others =
            [
                await journey.OpenTabAsync(first, "Frances' second tab"), await journey.OpenTabAsync(first, "Frances' third tab"),
            ];
            first.Watch.Expect(401, "/identity/session");
            foreach (var other in others)
            {
                await other.GoAsync("/account/dashboard");
                await other.SeesAmountAsync(other.Total(), 7);
            }

            await first.Page.BringToFrontAsync();
            await first.SignOutAsync();

            foreach (var tab in (Visitor[])[first, .. others])
            {
                await tab.IsAtAsync("/auth/login.*");
                await tab.SeesAsync("You are signed out.");
            }
        });

    [Fact]
    public Task StepUp_InOneTab_LeavesTheOtherAtWork() =>
        WalkAsync(async journey =>
        {
            var (first, person) = await journey.CustomerAsync("Adele Goldberg", balance: 7);
            var second = await journey.OpenTabAsync(first, "Adele's other tab");
            await second.GoAsync("/account/dashboard");
            await second.SeesAmountAsync(second.Total(), 7);

            await first.GoAsync("/identity/verify?returnUrl=/identity/security");
            await first.FillAsync("Password", person.Password);
            await first.PressAsync("Confirm");
            await first.IsAtAsync("/identity/security");

            // Still the same page, and still served: the tab has proven that its browser has the new key.
            await second.Page.BringToFrontAsync();
            await second.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "History", Exact = true }).First.ClickAsync();
            await Expect(second.Entry("Opening deposit")).ToBeVisibleAsync();
        });

    [Fact]
    public Task SigningOut_InOneTab_EndsTheOther() =>
        WalkAsync(async journey =>
        {
            var (first, _) = await journey.CustomerAsync("Donald Knuth", balance: 7);
            var second = await journey.OpenTabAsync(first, "Donald's other tab");
            second.Watch.Expect(401, "/identity/session");
            await second.GoAsync("/account/dashboard");
            await second.SeesAmountAsync(second.Total(), 7);

            await first.SignOutAsync();

            await second.IsAtAsync("/auth/login.*");
            await second.SeesHeadingAsync("Sign in");
        });
}
