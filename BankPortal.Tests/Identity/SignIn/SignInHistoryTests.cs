namespace BankPortal.Tests.Identity.SignIn;

[EngineTest]
public sealed class SignInHistoryTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 30, 0, TimeSpan.Zero);

    private ISignInHistory History => portal.Host.Services.GetRequiredService<ISignInHistory>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FindOther_NobodyHasSignedIn_IsNothing() => Assert.Null(await History.FindOtherAsync("nobody", "session", Ct));

    [Fact]
    public async Task FindOther_FirstSignIn_IsNothing()
    {
        await History.RecordAsync("first", "session-0000001", new SignInRecord(Monday, "Chrome on Windows"), Ct);

        Assert.Null(await History.FindOtherAsync("first", "session-0000001", Ct));
    }

    [Fact]
    public async Task FindOther_AfterThreeSignIns_IsTheNewestThatIsNotOnesOwn()
    {
        await History.RecordAsync("three", "aaaaaaaaaaaaaaaa", new SignInRecord(Monday, "Chrome on Windows"), Ct);
        await History.RecordAsync("three", "bbbbbbbbbbbbbbbb", new SignInRecord(Monday.AddDays(1), "Safari on iPhone"), Ct);
        await History.RecordAsync("three", "cccccccccccccccc", new SignInRecord(Monday.AddDays(2), "Firefox on Linux"), Ct);

        Assert.Equal(new SignInRecord(Monday.AddDays(1), "Safari on iPhone"), await History.FindOtherAsync("three", "cccccccccccccccc", Ct));
        Assert.Equal(new SignInRecord(Monday.AddDays(2), "Firefox on Linux"), await History.FindOtherAsync("three", "aaaaaaaaaaaaaaaa", Ct));
    }

    [Fact]
    public async Task Dashboard_SecondSignIn_NamesTheFirstOnesDevice()
    {
        var email = AuthPortal.NewEmail("again");
        await portal.CreateUserAsync(email);
        var first = await SignInAsync(email, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36");
        Assert.DoesNotContain("Last signed in", await first.Http.GetStringAsync("/account/dashboard", Ct), StringComparison.Ordinal);
        await first.GetAsync("/auth/logout");
        await first.SendAsync();

        var second = await SignInAsync(email, "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
        var html = await second.Http.GetStringAsync("/account/dashboard", Ct);

        Assert.Contains("Last signed in", html, StringComparison.Ordinal);
        Assert.Contains("Chrome on Windows", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Firefox on Linux", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/identity/security#sessions\"", html, StringComparison.Ordinal);
    }

    private async Task<AuthBrowser> SignInAsync(string email, string userAgent)
    {
        var browser = portal.NewBrowser();
        browser.Http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        await (await browser.GetAsync("/auth/login")).SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        return browser;
    }
}
