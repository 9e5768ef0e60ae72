using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.SignIn;

[EngineTest]
public sealed class SignInPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_KnownUnknownAndUnconfirmed_GetTheSameAnswersUpToTheLock()
    {
        var (known, unconfirmed, unknown) = (AuthPortal.NewEmail("known"), AuthPortal.NewEmail("fresh"), AuthPortal.NewEmail("unknown"));
        await portal.CreateUserAsync(known);
        await portal.CreateUserAsync(unconfirmed, confirmed: false);
        for (var i = 0; i < 7; i++)
        {
            var expected = await AnswerAsync(unknown, AuthPortal.Password);
            Assert.Contains(i < 4 ? "We could not sign you in" : "Location: /auth/lockout", expected, StringComparison.Ordinal);
            Assert.Equal(expected, await AnswerAsync(known, "Wrong-Password-1"));
            Assert.Equal(expected, await AnswerAsync(unconfirmed, AuthPortal.Password));
        }

        Assert.Contains("Location: /auth/lockout", await AnswerAsync(known, AuthPortal.Password), StringComparison.Ordinal);
        await portal.LinkAsync(unconfirmed, "Confirm");
        await portal.Mailbox.WaitForAsync(known, "locked", Ct);
        Assert.Empty(portal.Mailbox.For(unknown));
    }

    [Fact]
    public async Task Login_UnknownWrongLockedAndUnconfirmed_CostTheSameHashing()
    {
        var hasher = new CountingHasher();
        using var host = portal.With(services => services.AddSingleton<IPasswordHasher<BankUser>>(provider =>
            hasher.Around(ActivatorUtilities.CreateInstance<PasswordHasher<BankUser>>(provider))));
        var (known, locked, unconfirmed) = (AuthPortal.NewEmail(), AuthPortal.NewEmail(), AuthPortal.NewEmail());
        await portal.CreateUserAsync(known);
        await portal.CreateUserAsync(locked);
        await portal.CreateUserAsync(unconfirmed, confirmed: false);
        for (var i = 0; i < 5; i++)
        {
            await LoginAsync(portal.NewBrowser(), locked, "Wrong-Password-1");
        }

        await CountAsync(AuthPortal.NewEmail()); // the first one may make the stand-in hash
        var expected = await CountAsync(AuthPortal.NewEmail());
        Assert.Equal(1, expected);
        Assert.Equal(expected, await CountAsync(known));
        Assert.Equal(expected, await CountAsync(locked));
        Assert.Equal(expected, await CountAsync(unconfirmed));

        async Task<int> CountAsync(string email)
        {
            var before = hasher.Verifications;
            await LoginAsync(AuthPortal.NewBrowser(host), email, "Wrong-Password-1");
            return hasher.Verifications - before;
        }
    }

    [Fact]
    public async Task Login_FiveWrongPasswords_LocksEvenForTheRightOne()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = portal.NewBrowser();
        for (var i = 0; i < 4; i++)
        {
            await LoginAsync(browser, email, "Wrong-Password-1");
        }

        Assert.Null((await portal.LoadAsync(email)).LockoutEnd);
        await LoginAsync(browser, email, "Wrong-Password-1");
        var end = (await portal.LoadAsync(email)).LockoutEnd;
        Assert.NotNull(end);
        Assert.InRange(end.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(31));

        await LoginAsync(browser, email, AuthPortal.Password);
        browser.LeadsTo("/auth/lockout");
        await browser.FollowAsync();
        Assert.Contains("Signing in is locked for a while", browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_RightPassword_SetsAHardSessionCookieAndLeadsToTheDashboard()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);

        browser.LeadsTo("/account/dashboard");
        var cookie = Assert.Single(browser.Response.Headers.GetValues("Set-Cookie"), value =>
            value.StartsWith("__Host-bankportal=", StringComparison.Ordinal)
        );
        var parts = cookie.Split(';').Select(part => part.Trim().ToLowerInvariant()).ToList();
        Assert.Contains("secure", parts);
        Assert.Contains("httponly", parts);
        Assert.Contains("samesite=lax", parts);
        Assert.Contains("path=/", parts);
        Assert.DoesNotContain(parts, part =>
            part.StartsWith("domain", StringComparison.Ordinal)
            || part.StartsWith("expires", StringComparison.Ordinal)
            || part.StartsWith("max-age", StringComparison.Ordinal)
        );
        Assert.True(cookie.Length < 600, "The cookie carries a session key only; the session is on the server.");

        await browser.GetAsync("/auth/login");
        browser.LeadsTo("/account/dashboard");
        await browser.GetAsync("/auth/register");
        browser.LeadsTo("/account/dashboard");
    }

    [Fact]
    public async Task AnyForm_Opened_SetsAHardAntiforgeryCookie()
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/login");

        var cookie = Assert
            .Single(browser.Response.Headers.GetValues("Set-Cookie"), value =>
                value.StartsWith("__Host-bankportal-af=", StringComparison.Ordinal)
            )
            .ToLowerInvariant();
        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/transactions/history?type=debit", "/transactions/history?type=debit")]
    [InlineData("//evil.example", "/account/dashboard")]
    [InlineData("/\\evil.example", "/account/dashboard")]
    [InlineData("https://evil.example", "/account/dashboard")]
    [InlineData("javascript:alert(1)", "/account/dashboard")]
    [InlineData("/\t/evil.example", "/account/dashboard")]
    [InlineData("/auth/logout", "/account/dashboard")]
    [InlineData("evil.example", "/account/dashboard")]
    public async Task Login_ReturnUrl_IsFollowedOnlyInsideThePortal(string returnUrl, string expected)
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = await portal.NewBrowser().GetAsync($"/auth/login?returnUrl={Uri.EscapeDataString(returnUrl)}");
        await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));

        browser.LeadsTo(expected);
    }

    [Theory]
    [InlineData("/auth/register")]
    [InlineData("/auth/login")]
    [InlineData("/auth/login/code")]
    [InlineData("/auth/login/recovery")]
    [InlineData("/auth/forgot-password")]
    [InlineData("/auth/reset-password")]
    [InlineData("/auth/confirm-email")]
    [InlineData("/auth/logout")]
    public async Task Post_WithoutAntiforgeryToken_IsRefused(string path)
    {
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login"); // has the cookie, but not the token
        using var content = new FormUrlEncodedContent(
        [
            KeyValuePair.Create("_handler", path["/auth/".Length..].Replace('/', '-')),
            KeyValuePair.Create("Form.Email", "ada@example.org"),
        ]);
        using var response = await browser.Http.PostAsync(path, content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Login_WithSecondFactor_AcceptsEachCodeOnce()
    {
        var (email, secret, _) = await EnrolledAsync();
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password, "/transactions/history");
        browser.LeadsTo("/auth/login/code?returnUrl=%2Ftransactions%2Fhistory");
        Assert.DoesNotContain(browser.Response.Headers.GetValues("Set-Cookie"), value =>
            value.StartsWith("__Host-bankportal=", StringComparison.Ordinal)
        );

        await browser.FollowAsync();
        var input = browser.Page.GetElementById("code")!;
        Assert.Equal("one-time-code", input.GetAttribute("autocomplete"));
        Assert.Equal("numeric", input.GetAttribute("inputmode"));
        await browser.SendAsync(("Form.Code", "12 34"));
        Assert.Equal(["Enter the 6 digits of the code."], browser.Errors);

        var code = AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow);
        await browser.SendAsync(("Form.Code", $" {code[..3]} {code[3..]} "));
        browser.LeadsTo("/transactions/history");

        var second = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);
        await second.FollowAsync();
        await second.SendAsync(("Form.Code", code));
        Assert.Null(second.Location);
        Assert.Single(second.Errors);
    }

    [Fact]
    public async Task Login_FiveWrongCodes_Locks()
    {
        var (email, secret, _) = await EnrolledAsync();
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);
        await browser.FollowAsync();
        var wrong = AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow.AddHours(5));
        for (var i = 0; i < 4; i++)
        {
            await browser.SendAsync(("Form.Code", wrong));
            Assert.Single(browser.Errors);
        }

        await browser.SendAsync(("Form.Code", wrong));
        browser.LeadsTo("/auth/lockout");
        await browser.GetAsync("/auth/login/code");
        if (browser.Response.StatusCode == HttpStatusCode.OK)
        {
            await browser.SendAsync(("Form.Code", AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow)));
            browser.LeadsTo("/auth/lockout");
        }
    }

    [Fact]
    public async Task Login_RecoveryCode_WorksOnce()
    {
        var (email, _, codes) = await EnrolledAsync();

        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);
        await browser.GetAsync("/auth/login/recovery");
        await browser.SendAsync(("Form.Code", " " + codes[0] + " "));
        browser.LeadsTo("/account/dashboard");

        var again = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);
        await again.GetAsync("/auth/login/recovery");
        await again.SendAsync(("Form.Code", codes[0]));
        Assert.Single(again.Errors);
    }

    [Theory]
    [InlineData("/auth/login/code")]
    [InlineData("/auth/login/recovery")]
    public async Task SecondFactor_WithoutThePasswordFirst_StartsAgain(string path)
    {
        var browser = await portal.NewBrowser().GetAsync(path);

        browser.LeadsTo("/auth/login?reason=expired");
    }

    [Fact]
    public async Task Login_StaffWithoutSecondFactor_IsLedToSetItUp()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email, BankRoles.Analyst);
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password, "/transactions/history");

        browser.LeadsTo("/identity/authenticator");
    }

    [Fact]
    public async Task Logout_GetAsks_PostSignsOutAndEndsTheSession()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);

        await browser.GetAsync("/auth/logout");
        Assert.Contains("Sign out?", browser.Body, StringComparison.Ordinal);
        Assert.Single(await portal.Host.Services.GetRequiredService<ISessionRegistry>().ListAsync(user.Id, Ct));

        await browser.SendAsync();
        browser.LeadsTo("/auth/login?reason=signedout");
        Assert.Empty(await portal.Host.Services.GetRequiredService<ISessionRegistry>().ListAsync(user.Id, Ct));
        await browser.FollowAsync();
        Assert.Contains("You are signed out.", browser.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_TooManyFormsFromOneAddress_GetsAFriendlyRefusal()
    {
        using var strict = portal.With(settings: ("SignIn:FormsPerMinute", "3"));
        var browser = AuthPortal.NewBrowser(strict);
        for (var i = 0; i < 3; i++)
        {
            await LoginAsync(browser, AuthPortal.NewEmail(), "Wrong-Password-1");
            Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        }

        await LoginAsync(browser, AuthPortal.NewEmail(), "Wrong-Password-1");

        Assert.Equal(HttpStatusCode.TooManyRequests, browser.Response.StatusCode);
        Assert.Equal("60", browser.Response.Headers.GetValues("Retry-After").Single());
        Assert.Contains("too many", browser.Page.QuerySelector("main")!.TextContent, StringComparison.OrdinalIgnoreCase);
        await browser.GetAsync("/auth/login");
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
    }

    [Fact]
    public async Task Setup_WithTheToken_MakesTheFirstAdministratorOnce()
    {
        const string token = "a-setup-token-of-enough-length";
        using var host = portal.With(settings: ("Identity:FirstAdmin:SetupToken", token));
        var (first, second) = (AuthPortal.NewEmail("first"), AuthPortal.NewEmail("second"));
        await portal.CreateUserAsync(first);
        await portal.CreateUserAsync(second);

        var browser = await LoginAsync(AuthPortal.NewBrowser(host), first, AuthPortal.Password);
        await browser.GetAsync("/auth/setup");
        await browser.SendAsync(("Form.Code", "not-the-setup-token-at-all"));
        Assert.Single(browser.Errors);
        await browser.SendAsync(("Form.Code", token));
        browser.LeadsTo("/identity/authenticator");
        Assert.Contains(BankRoles.Admin, (await portal.LoadAsync(first)).Roles);

        var late = await LoginAsync(AuthPortal.NewBrowser(host), second, AuthPortal.Password);
        await late.GetAsync("/auth/setup");
        await late.SendAsync(("Form.Code", token));
        Assert.Single(late.Errors);
        Assert.DoesNotContain(BankRoles.Admin, (await portal.LoadAsync(second)).Roles);
    }

    [Fact]
    public async Task Setup_WithoutAToken_IsNoPage()
    {
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = await LoginAsync(portal.NewBrowser(), email, AuthPortal.Password);

        await browser.GetAsync("/auth/setup");

        Assert.Equal(HttpStatusCode.NotFound, browser.Response.StatusCode);
    }

    private async Task<(string Email, string Secret, IReadOnlyList<string> RecoveryCodes)> EnrolledAsync()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var (secret, codes) = await portal.EnrolAsync(user.Id);
        return (email, secret, codes);
    }

    private async Task<string> AnswerAsync(string email, string password)
    {
        var browser = await LoginAsync(portal.NewBrowser(), email, password);
        var cookies = browser.Response.Headers.TryGetValues("Set-Cookie", out var values)
            ? values.Select(value => value.Split('=')[0])
            : [];
        return $"{browser.Response.StatusCode}\nLocation: {browser.Location}\nCookies: {string.Join(' ', cookies)}\n"
            + browser.NeutralBody.Replace(email, "", StringComparison.Ordinal);
    }

    private static async Task<AuthBrowser> LoginAsync(AuthBrowser browser, string email, string password, string? returnUrl = null)
    {
        await browser.GetAsync("/auth/login" + (returnUrl is null ? "" : "?returnUrl=" + Uri.EscapeDataString(returnUrl)));
        return await browser.SendAsync(("Form.Email", email), ("Form.Password", password));
    }

    private sealed class CountingHasher : IPasswordHasher<BankUser>
    {
        private IPasswordHasher<BankUser>? _inner;
        private int _verifications;

        public int Verifications => Volatile.Read(ref _verifications);

        public CountingHasher Around(IPasswordHasher<BankUser> inner)
        {
            _inner = inner;
            return this;
        }

        public string HashPassword(BankUser user, string password) => _inner!.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(BankUser user, string hashedPassword, string providedPassword)
        {
            Interlocked.Increment(ref _verifications);
            return _inner!.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
