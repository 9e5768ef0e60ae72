namespace BankPortal.Tests.Browser;

/// <summary>What only a real browser shows of the idle end: who counts as being there, and what happens without a connection.</summary>
[BrowserTest]
public sealed class SessionGuardTests(ChromiumFixture chromium, AuthPortal portal) : IClassFixture<AuthPortal>
{
    [Fact]
    public async Task PointerInOneTab_KeepsBothTabs_UntilItRests()
    {
        using var host = Hasty(idle: "00:00:20", warning: "00:00:08");
        await using var context = await chromium.NewContextAsync(host.Start());
        var page = await SignInAsync(context);
        var other = await context.NewPageAsync();
        await other.GotoAsync("/identity/profile");

        // Longer than the idle limit: without the pointer both tabs would be at the sign-in page by now.
        var start = TimeProvider.System.GetTimestamp();
        for (var step = 0; TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(25); step++)
        {
            await page.Mouse.MoveAsync(100 + (step % 200), 200);
            await page.WaitForTimeoutAsync(300);
        }

        Assert.EndsWith("/identity/security", page.Url, StringComparison.Ordinal);
        Assert.EndsWith("/identity/profile", other.Url, StringComparison.Ordinal);

        var stay = other.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Stay signed in" });
        await Expect(stay).ToBeFocusedAsync(new LocatorAssertionsToBeFocusedOptions { Timeout = 60_000 });
        await Accessibility.AssertNoViolationsAsync(other);
        await other.Keyboard.PressAsync("Escape");
        await Expect(stay).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);

        await page.WaitForURLAsync("**/auth/login?reason=idle&returnUrl=%2Fidentity%2Fsecurity");
        await other.WaitForURLAsync("**/auth/login?reason=idle&returnUrl=%2Fidentity%2Fprofile");
    }

    [Fact]
    public async Task ConnectionLost_SessionEnds_WhatIsOnTheScreenGoesAway()
    {
        using var host = Hasty(idle: "00:00:12", warning: "00:00:02");
        await using var context = await chromium.NewContextAsync(host.Start());
        var page = await context.NewPageAsync();
        var sockets = new TaskCompletionSource<IWebSocketRoute>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteWebSocketAsync("**/_blazor**", socket =>
        {
            if (!sockets.TrySetResult(socket))
            {
                _ = socket.CloseAsync();
                return;
            }

            socket.ConnectToServer();
        });
        await SignInAsync(context, page);
        var asked = page.WaitForResponseAsync("**/identity/session");
        await page.ReloadAsync();
        await asked;

        await (await sockets.Task).CloseAsync();

        await page.WaitForURLAsync("**/auth/login?reason=*");
    }

    private async Task<IPage> SignInAsync(IBrowserContext context, IPage? page = null)
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        page ??= await context.NewPageAsync();
        await page.GotoAsync("/auth/login?returnUrl=/identity/security");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", AuthPortal.Password);
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync("**/identity/security");
        return page;
    }

    private PortalHost Hasty(string idle, string warning) =>
        portal.With(
            null,
            ("Sessions:CustomerIdle", idle),
            ("Sessions:IdleWarning", warning),
            ("Sessions:ReportEvery", "00:00:00.5"),
            ("Sessions:TouchInterval", "00:00:01")
        );
}
