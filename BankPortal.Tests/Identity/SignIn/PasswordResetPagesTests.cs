namespace BankPortal.Tests.Identity.SignIn;

[EngineTest]
public sealed class PasswordResetPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string NewPassword = "Brighter-Meadow-35";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForgotPassword_KnownAndUnknownAddress_GiveTheSameAnswer()
    {
        var (known, unknown) = (AuthPortal.NewEmail("known"), AuthPortal.NewEmail("unknown"));
        await portal.CreateUserAsync(known);

        var first = await AskAsync(known);
        var second = await AskAsync(unknown);

        Assert.Equal(Without(first, known), Without(second, unknown));
        await portal.LinkAsync(known, "new password");
        Assert.Empty(portal.Mailbox.For(unknown));
    }

    [Fact]
    public async Task ResetPassword_ByTheLink_ReplacesThePasswordEndsSessionsAndWorksOnce()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var elsewhere = await LoginAsync(email, AuthPortal.Password);
        elsewhere.LeadsTo("/account/dashboard");
        await AskAsync(email);
        var link = await portal.LinkAsync(email, "new password");

        var browser = await portal.NewBrowser().GetAsync(link);
        await browser.SendAsync(("Form.Password", "weak"), ("Form.ConfirmPassword", "weak"));
        Assert.Single(browser.Errors);
        await browser.SendAsync(("Form.Password", NewPassword), ("Form.ConfirmPassword", NewPassword));
        browser.LeadsTo("/auth/login?reason=reset");

        Assert.Empty(await portal.Host.Services.GetRequiredService<ISessionRegistry>().ListAsync(user.Id, Ct));
        await elsewhere.GetAsync("/auth/welcome");
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.Response.StatusCode);
        Assert.StartsWith("/auth/login", elsewhere.Location, StringComparison.Ordinal);

        await browser.GetAsync(link);
        Assert.Contains("This link no longer works", browser.Body, StringComparison.Ordinal);
        Assert.Single((await LoginAsync(email, AuthPortal.Password)).Errors);
        (await LoginAsync(email, NewPassword)).LeadsTo("/account/dashboard");
        await portal.Mailbox.WaitForAsync(email, "was changed", Ct);
    }

    [Fact]
    public async Task ResetPassword_OfAnUnconfirmedAddress_ConfirmsIt()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email, confirmed: false);
        await AskAsync(email);
        var browser = await portal.NewBrowser().GetAsync(await portal.LinkAsync(email, "new password"));
        await browser.SendAsync(("Form.Password", NewPassword), ("Form.ConfirmPassword", NewPassword));

        (await LoginAsync(email, NewPassword)).LeadsTo("/account/dashboard");
    }

    [Fact]
    public async Task ResetPassword_WhileLocked_DoesNotUnlock()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        for (var i = 0; i < 5; i++)
        {
            await LoginAsync(email, "Wrong-Password-1");
        }

        await AskAsync(email);
        var browser = await portal.NewBrowser().GetAsync(await portal.LinkAsync(email, "new password"));
        await browser.SendAsync(("Form.Password", NewPassword), ("Form.ConfirmPassword", NewPassword));
        browser.LeadsTo("/auth/login?reason=reset");

        (await LoginAsync(email, NewPassword)).LeadsTo("/auth/lockout");
    }

    [Fact]
    public async Task ForgotPassword_AgainAndAgain_SendsAFewMessagesOnly()
    {
        var (email, last) = (AuthPortal.NewEmail(), AuthPortal.NewEmail());
        await portal.CreateUserAsync(email);
        await portal.CreateUserAsync(last);
        for (var i = 0; i < 6; i++)
        {
            await AskAsync(email);
        }

        await AskAsync(last);
        await portal.LinkAsync(last, "new password"); // written after all of the others

        Assert.Equal(3, portal.Mailbox.For(email).Count);
    }

    [Fact]
    public async Task Mailbox_InDevelopment_ShowsTheMessageWithItsLink()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        await AskAsync(email);
        var link = await portal.LinkAsync(email, "new password");

        var browser = await portal.NewBrowser().GetAsync("/dev/mailbox?to=" + Uri.EscapeDataString(email));

        Assert.Contains(browser.Page.QuerySelectorAll("article a"), anchor =>
            anchor.GetAttribute("href")!.EndsWith(link, StringComparison.Ordinal)
        );
    }

    private static string Without(AuthBrowser browser, string email) =>
        browser.NeutralBody.Replace(email, "", StringComparison.Ordinal).Replace(Uri.EscapeDataString(email), "", StringComparison.Ordinal);

    private async Task<AuthBrowser> AskAsync(string email)
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/forgot-password");
        await browser.SendAsync(("Form.Email", email));
        Assert.Contains("Check your e-mail", browser.Body, StringComparison.Ordinal);
        return browser;
    }

    private async Task<AuthBrowser> LoginAsync(string email, string password)
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        return await browser.SendAsync(("Form.Email", email), ("Form.Password", password));
    }
}
