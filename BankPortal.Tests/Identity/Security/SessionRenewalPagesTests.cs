namespace BankPortal.Tests.Identity.Security;

/// <summary>
/// Whatever proves who somebody is or changes how they sign in gives the browser a new session key. A copy of the cookie made before is
/// dead at once, and the session of this browser goes on.
/// </summary>
[EngineTest]
public sealed class SessionRenewalPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string Cookie = "__Host-bankportal=";
    private const string NewPassword = "Windy-Orchard-52";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISessionRegistry Sessions => portal.Host.Services.GetRequiredService<ISessionRegistry>();

    [Fact]
    public async Task ChangePassword_RenewsTheKey()
    {
        var (browser, user, copy) = await SignedInAsync();

        await browser.GetAsync("/identity/password");
        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password), ("Form.Password", NewPassword), ("Form.ConfirmPassword", NewPassword));

        browser.LeadsTo("/identity/security?done=password");
        await AssertRenewedAsync(browser, user, copy);
    }

    [Fact]
    public async Task StepUp_RenewsTheKeySoThatACopyDoesNotInheritIt()
    {
        var (browser, user, copy) = await SignedInAsync();

        await browser.GetAsync("/identity/verify?returnUrl=/identity/security");
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));

        browser.LeadsTo("/identity/security");
        Assert.NotNull(Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt);
        await AssertRenewedAsync(browser, user, copy);
    }

    [Fact]
    public async Task StepUp_Wrong_RenewsNothing()
    {
        var (browser, _, copy) = await SignedInAsync();

        await browser.GetAsync("/identity/verify?returnUrl=/identity/security");
        await browser.SendAsync(("Form.Secret", "Not-My-Password-1"));

        Assert.Single(browser.Errors);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(copy));
    }

    [Fact]
    public async Task Authenticator_TurnedOnAndOff_RenewsTheKeyEachTime()
    {
        var (browser, user, copy) = await SignedInAsync();
        await browser.GetAsync("/identity/authenticator");
        var key = browser.Page.QuerySelector("[data-authenticator-key]")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        await browser.SendFormAsync("authenticator", ("Form.Code", AuthenticatorApp.Code(key, DateTimeOffset.UtcNow)));
        browser.LeadsTo("/identity/recovery-codes");
        var secondCopy = CookieOf(browser);
        await AssertRenewedAsync(browser, user, copy);

        await browser.GetAsync("/identity/authenticator/off");
        await browser.SendFormAsync("off-password", ("Password", AuthPortal.Password));
        browser.LeadsTo("/identity/security?done=authenticator-off");
        await AssertRenewedAsync(browser, user, secondCopy);
    }

    [Fact]
    public async Task EmailChange_ConfirmedInTheSameBrowser_StaysSignedInWithANewKey()
    {
        var (browser, user, _) = await SignedInAsync();
        var elsewhere = portal.NewBrowser();
        await elsewhere.GetAsync("/auth/login");
        await elsewhere.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        var wanted = AuthPortal.NewEmail("new");
        await browser.GetAsync("/identity/verify?returnUrl=/identity/email");
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        var copy = CookieOf(browser);
        await browser.FollowAsync();
        await browser.SendAsync(("Form.Email", wanted));

        await browser.GetAsync(await portal.LinkAsync(wanted, "Confirm your new e-mail"));
        Assert.Contains("You stay signed in here", browser.Body, StringComparison.Ordinal);
        await browser.SendFormAsync("confirm-email-change");

        browser.LeadsTo("/identity/profile?done=email");
        await browser.FollowAsync();
        Assert.Contains("Your e-mail address was changed.", browser.Body, StringComparison.Ordinal);
        await AssertRenewedAsync(browser, user, copy);
        (await elsewhere.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
    }

    [Fact]
    public async Task HalfWay_CopyUsedAfterTheSignIn_StartsAgain()
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var (secret, codes) = await portal.EnrolAsync(user.Id);
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        var copy = CookieOf(browser, "__Host-bankportal-2fa=");
        await browser.FollowAsync();
        await browser.SendAsync(("Form.Code", AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow)));
        browser.LeadsTo("/account/dashboard");

        using var raw = portal.Host.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/auth/login/recovery");
        request.Headers.Add("Cookie", copy);
        using var response = await raw.SendAsync(request, Ct);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.EndsWith("/auth/login?reason=expired", response.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(10, codes.Count);
    }

    [Fact]
    public async Task SessionStatus_AskedForAProof_GivesOneForTheKeyOfTheRequest()
    {
        var (browser, _, copy) = await SignedInAsync();
        await browser.GetAsync("/identity/session?prove=true");
        Assert.Matches("""^\{"left":[0-9]{4,6},"proof":"[^"]{40,}"\}$""", browser.Body);

        await browser.GetAsync("/identity/verify?returnUrl=/identity/security");
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(copy, "?prove=true"));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/identity/session?prove=true")).Response.StatusCode);
    }

    [Fact]
    public async Task SignOut_OtherTabsFindTheirSessionGone_AndSayThatThePersonSignedOut()
    {
        var (browser, user, _) = await SignedInAsync();
        await browser.GetAsync("/auth/logout");
        await browser.SendAsync();

        // What a tab asks for that only sees that its session is gone.
        await browser.GetAsync("/auth/login?reason=ended&returnUrl=%2Faccount%2Fdashboard");
        Assert.Contains("You are signed out.", browser.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("was ended", browser.Body, StringComparison.Ordinal);

        // Signed in again and then ended by somebody else: now it says so.
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        await Sessions.EndAllAsync(user.Id, SessionEndReason.Ended, Ct);
        await browser.GetAsync("/auth/login?reason=ended");
        Assert.Contains("Your session was ended.", browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_ByTriesInUnknownBrowsers_IsShownOnTheSecurityPageAndWritten()
    {
        var (browser, user, _) = await SignedInAsync();
        await browser.GetAsync("/identity/security");
        Assert.Null(browser.Page.QuerySelector("[data-lock-notice]"));
        for (var i = 0; i < 5; i++)
        {
            var stranger = portal.NewBrowser();
            await stranger.GetAsync("/auth/login");
            await stranger.SendAsync(("Form.Email", user.Email!), ("Form.Password", "Wrong-Password-1"));
        }

        await browser.GetAsync("/identity/security");

        var notice = browser.Page.QuerySelector("[data-lock-notice]")!;
        Assert.Contains("signing in from unknown browsers is locked", notice.TextContent, StringComparison.Ordinal);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var letter = await portal.Mailbox.WaitForAsync(user.Email!, "locked", limit.Token);
        Assert.Contains("browsers in which you have signed in before", letter.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locked_ByWrongCodes_WritesThatSomebodyKnowsThePassword()
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var (secret, _) = await portal.EnrolAsync(user.Id);
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        await browser.FollowAsync();
        for (var i = 0; i < 5; i++)
        {
            await browser.SendAsync(("Form.Code", AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow.AddHours(5))));
        }

        browser.LeadsTo("/auth/lockout");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var letter = await portal.Mailbox.WaitForAsync(user.Email!, "locked", limit.Token);
        Assert.Contains("somebody knows your password", letter.Body, StringComparison.Ordinal);
    }

    private static string CookieOf(AuthBrowser browser, string name = Cookie) =>
        browser.Response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith(name, StringComparison.Ordinal)).Split(';')[0];

    private async Task<(AuthBrowser Browser, BankUser User, string Copy)> SignedInAsync()
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        browser.LeadsTo("/account/dashboard");
        return (browser, user, CookieOf(browser));
    }

    private async Task AssertRenewedAsync(AuthBrowser browser, BankUser user, string copy)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(copy));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/identity/security")).Response.StatusCode);
        Assert.True(Assert.Single(await Sessions.ListAsync(user.Id, Ct)).KeyNumber > 0);
    }

    /// <summary>What a copy of a cookie gets.</summary>
    private async Task<HttpStatusCode> StatusAsync(string cookie, string query = "")
    {
        using var raw = portal.Host.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false, HandleCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/identity/session" + query);
        request.Headers.Add("Cookie", cookie);
        using var response = await raw.SendAsync(request, Ct);
        return response.StatusCode;
    }
}
