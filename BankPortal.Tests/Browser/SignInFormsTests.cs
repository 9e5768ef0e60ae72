namespace BankPortal.Tests.Browser;

/// <summary>The forms of registration and signing in as a person at a browser has them.</summary>
[BrowserTest]
public sealed class SignInFormsTests(ChromiumFixture chromium, AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static readonly string[] Pages =
    [
        "/auth/register",
        "/auth/login",
        "/auth/forgot-password",
        "/auth/reset-password",
        "/auth/confirm-email",
        "/auth/lockout",
        "/auth/access-denied",
        "/auth/logout",
        "/dev/mailbox",
    ];

    [Fact]
    public async Task Register_Typing_TicksRulesOffAndShowsStrengthAndPassword()
    {
        using var host = portal.With();
        await using var context = await chromium.NewContextAsync(host.Start());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/auth/register");
        var password = page.GetByLabel("Password", new() { Exact = true });
        var met = page.Locator(".password-rules .rule-met");
        var word = page.Locator("[data-password-strength-word]");
        var advice = page.Locator("[data-password-advice-text]");

        await Assertions.Expect(word).ToHaveTextAsync("none yet");
        await password.PressSequentiallyAsync("sun7");
        await Assertions.Expect(met).ToHaveTextAsync("A digit, or 15 characters (met)");
        await password.FillAsync("Password1");
        await Assertions.Expect(met).ToHaveCountAsync(3);
        await Assertions.Expect(word).ToHaveTextAsync("very weak");
        await Assertions.Expect(advice).ToContainTextAsync("is common");
        await password.FillAsync("Sunflower7");
        await Assertions.Expect(advice).ToContainTextAsync("easy to guess");
        await Accessibility.AssertNoViolationsAsync(page);
        await page.GetByLabel("Full name").FillAsync("Quincy Harbour");
        await password.FillAsync("Harbour-71x");
        await Assertions.Expect(advice).ToContainTextAsync("your name");
        await page.GetByLabel("Full name").FillAsync("Ada Lovelace");
        await Assertions.Expect(advice).Not.ToContainTextAsync("your name");
        await password.FillAsync("quiet harbour at night");
        await Assertions.Expect(met).ToHaveCountAsync(4);
        await Assertions.Expect(word).ToHaveTextAsync("strong");
        await Assertions.Expect(advice).ToBeHiddenAsync();

        var toggle = page.GetByRole(AriaRole.Button, new() { Name = "Show password", Exact = true });
        await toggle.ClickAsync();
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide password", Exact = true }).ClickAsync();
        await Assertions.Expect(password).ToHaveAttributeAsync("type", "password");
    }

    [Fact]
    public async Task Register_Errors_FocusTheSummaryWhichLeadsToTheFields()
    {
        using var host = portal.With();
        await using var context = await chromium.NewContextAsync(host.Start());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("Full name").FillAsync("Ada Lovelace");
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();

        await Assertions.Expect(page.Locator("#error-summary")).ToBeFocusedAsync();
        await Accessibility.AssertNoViolationsAsync(page);
        await Assertions.Expect(page.GetByLabel("Full name")).ToHaveValueAsync("Ada Lovelace");
        await page.Locator("#error-summary").GetByRole(AriaRole.Link, new() { Name = "Enter your phone number." }).ClickAsync();
        var phone = page.GetByLabel("Phone");
        await Assertions.Expect(phone).ToBeFocusedAsync();
        await phone.FillAsync("+61 412 345 678");
        await Assertions.Expect(phone).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Register_ConfirmSignOutAndIn_OverPlainLoopbackKeepsTheCookies()
    {
        using var host = portal.With();
        var address = host.Start();
        await using var context = await chromium.NewContextAsync(address);
        var page = await context.NewPageAsync();
        var email = AuthPortal.NewEmail();
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("Full name").FillAsync("Ada Lovelace");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Phone").FillAsync("+61 412 345 678");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AuthPortal.Password);
        await page.GetByLabel("Repeat password").FillAsync(AuthPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the development mailbox" }).ClickAsync();
        var link = page.Locator("article a").First;
        while (await link.CountAsync() == 0)
        {
            // The message is written in the background; the page says "look again".
            await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        }

        await link.ClickAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(AuthPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Welcome, Ada Lovelace" })).ToBeVisibleAsync();
        await Accessibility.AssertNoViolationsAsync(page);
        var cookie = Assert.Single(await context.CookiesAsync(), cookie => cookie.Name == "__Host-bankportal");
        Assert.True(cookie is { Secure: true, HttpOnly: true, SameSite: SameSiteAttribute.Lax, Expires: -1 });

        await page.GotoAsync("/auth/logout");
        await Accessibility.AssertNoViolationsAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pages_CheckedWithAxeAndAtPhoneWidth_HaveNoViolationAndDoNotScrollSideways()
    {
        using var host = portal.With();
        await using var context = await chromium.NewContextAsync(
            host.Start(),
            new()
            {
                ViewportSize = new() { Width = 360, Height = 740 },
            }
        );
        var page = await context.NewPageAsync();
        foreach (var path in Pages)
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.GotoAsync(path);
                await Accessibility.AssertNoViolationsAsync(page);
            }

            Assert.True(
                await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"),
                path + " scrolls sideways."
            );
        }
    }
}
