namespace BankPortal.Tests.Browser;

/// <summary>The preferences of the profile page work by script and cookies, so only a browser shows them.</summary>
[BrowserTest]
public sealed class ProfilePreferencesTests(ChromiumFixture chromium, AuthPortal portal) : IClassFixture<AuthPortal>
{
    [Fact]
    public async Task TimeZone_Chosen_StandsAgainstTheBrowsersUntilGivenUp()
    {
        using var host = portal.With();
        await using var context = await chromium.NewContextAsync(host.Start());
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/auth/login?returnUrl=/identity/profile");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", AuthPortal.Password);
        await page.ClickAsync("main button[type=submit]");
        var hint = page.Locator("#profile-zone-hint");
        await Expect(hint).ToContainTextAsync("shown in UTC.");

        // Choosing loads the page again; the way here must be over by then, or it would win.
        await page.WaitForURLAsync("**/identity/profile");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await page.SelectOptionAsync("#profile-zone", "Asia/Tokyo");
        await Expect(hint).ToContainTextAsync("Asia/Tokyo, UTC+09:00");
        await page.GotoAsync("/identity/security");
        await page.GotoAsync("/identity/profile");
        await Expect(hint).ToContainTextAsync("Asia/Tokyo");
        await Expect(page.Locator("#profile-zone")).ToHaveValueAsync("Asia/Tokyo");

        await page.SelectOptionAsync("#profile-zone", "");
        await Expect(hint).ToContainTextAsync("shown in UTC.");
        await Expect(page.Locator("#profile-zone")).ToHaveValueAsync("");

        await page.SelectOptionAsync("#profile-culture", "de-DE");
        await Expect(page.Locator("#profile-culture-hint")).ToHaveTextAsync("1.234,50 · 31.12.2026");
        await page.Locator(".identity-theme [data-theme-set=dark]").ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }

    [Fact]
    public async Task EndAllOthers_AsksFirst_AndThrowsTheOtherTabOutWithinSeconds()
    {
        using var host = portal.With();
        var address = host.Start();
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        await using var here = await chromium.NewContextAsync(address);
        await using var there = await chromium.NewContextAsync(address);
        var other = await SignInAsync(there, email);
        var page = await SignInAsync(here, email);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End all others" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "End all other sessions?" });
        await Expect(dialog).ToBeVisibleAsync();
        await Accessibility.AssertNoViolationsAsync(page);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        Assert.EndsWith("/identity/security", other.Url, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "End all others" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "End all others" }).ClickAsync();

        await Expect(page.Locator(".session-item")).ToHaveCountAsync(1);
        await Expect(other).ToHaveURLAsync("/auth/login?reason=ended&returnUrl=%2Fidentity%2Fsecurity");
    }

    private static async Task<IPage> SignInAsync(IBrowserContext context, string email)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/auth/login?returnUrl=/identity/security");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", AuthPortal.Password);
        var asked = page.WaitForResponseAsync("**/identity/session");
        await page.ClickAsync("main button[type=submit]");
        await asked;
        return page;
    }
}
