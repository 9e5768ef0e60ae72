using AngleSharp.Dom;

namespace BankPortal.Tests.Identity.Security;

[EngineTest]
public sealed class SecurityPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string NewPassword = "Windy-Orchard-52";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISessionRegistry Sessions => portal.Host.Services.GetRequiredService<ISessionRegistry>();

    [Theory]
    [InlineData("/identity/security")]
    [InlineData("/identity/password")]
    [InlineData("/identity/authenticator")]
    [InlineData("/identity/authenticator/off")]
    [InlineData("/identity/recovery-codes")]
    [InlineData("/identity/verify")]
    [InlineData("/identity/profile")]
    [InlineData("/identity/email")]
    public async Task Pages_Visitor_SignsInFirst(string path)
    {
        var browser = await portal.NewBrowser().GetAsync(path);

        browser.LeadsTo("/auth/login?returnUrl=" + Uri.EscapeDataString(path));
    }

    [Fact]
    public async Task Forms_WithoutAntiforgeryToken_AreRefused()
    {
        var (browser, user) = await SignedInAsync();
        foreach (
            var (path, handler) in new[]
            {
                ("/identity/security", "end-others"),
                ("/identity/password", "password"),
                ("/identity/authenticator", "authenticator"),
                ("/identity/profile", "details"),
                ("/identity/verify", "verify"),
                ("/identity/email", "email"),
            }
        )
        {
            using var content = new FormUrlEncodedContent(
                new Dictionary<string, string>(StringComparer.Ordinal) { ["_handler"] = handler }
            );
            using var response = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.False((await portal.LoadAsync(user.Email!)).TwoFactorEnabled);
    }

    [Fact]
    public async Task ChangePassword_Wrong_SaysWhatNextToTheField()
    {
        var (browser, _) = await SignedInAsync();

        await browser.GetAsync("/identity/password");
        await browser.SendAsync(
            ("Form.CurrentPassword", "Not-My-Password-1"),
            ("Form.Password", NewPassword),
            ("Form.ConfirmPassword", NewPassword)
        );
        Assert.Equal(["The current password is not right."], browser.Errors);

        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", "short"),
            ("Form.ConfirmPassword", "short")
        );
        Assert.Single(browser.Errors);

        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", NewPassword),
            ("Form.ConfirmPassword", NewPassword + "x")
        );
        Assert.Equal(["The two passwords are not the same."], browser.Errors);

        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", AuthPortal.Password),
            ("Form.ConfirmPassword", AuthPortal.Password)
        );
        Assert.Equal(["Choose a password other than the current one."], browser.Errors);
    }

    [Fact]
    public async Task ChangePassword_FiveWrongTries_AcceptsNothingMore()
    {
        var (browser, user) = await SignedInAsync();
        await browser.GetAsync("/identity/password");
        for (var i = 0; i < 5; i++)
        {
            await browser.SendAsync(
                ("Form.CurrentPassword", $"Not-My-Password-{i}"),
                ("Form.Password", NewPassword),
                ("Form.ConfirmPassword", NewPassword)
            );
        }

        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", NewPassword),
            ("Form.ConfirmPassword", NewPassword)
        );

        Assert.Contains("too many wrong tries", Assert.Single(browser.Errors), StringComparison.Ordinal);

        // The lock is that of this browser, which the person signed in with: it accepts nothing more, and nobody else is locked.
        await browser.GetAsync("/identity/verify");
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        Assert.Contains("too many wrong tries", Assert.Single(browser.Errors), StringComparison.Ordinal);
        Assert.Null((await portal.LoadAsync(user.Email!)).LockoutEnd);
        await SignInAsync(user.Email!);
    }

    [Fact]
    public async Task ChangePassword_Right_KeepsThisSessionEndsOthersAndTellsTheOwner()
    {
        var (browser, user) = await SignedInAsync();
        var other = await SignInAsync(user.Email!);

        await browser.GetAsync("/identity/password");
        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", NewPassword),
            ("Form.ConfirmPassword", NewPassword)
        );
        browser.LeadsTo("/identity/security?done=password");
        await browser.FollowAsync();
        Assert.Contains("Your password was changed.", browser.Body, StringComparison.Ordinal);

        (await other.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        await IsNotifiedAsync(user.Email!, "Your password was changed");
        await SignInAsync(user.Email!, NewPassword);
    }

    [Fact]
    public async Task Authenticator_SetUp_ShowsOneKeyThenCodesOnceAndGuardsTheNextSignIn()
    {
        var (browser, user) = await SignedInAsync();
        var other = await SignInAsync(user.Email!);

        await browser.GetAsync("/identity/authenticator");
        var key = KeyOn(browser);
        Assert.Equal(32, key.Length);
        var link = browser.Page.QuerySelector("a[href^='otpauth:']")!.GetAttribute("href");
        Assert.Equal(
            $"otpauth://totp/BankPortal:{Uri.EscapeDataString(user.Email!)}?secret={key}&issuer=BankPortal&algorithm=SHA1&digits=6&period=30",
            link
        );
        Assert.NotNull(browser.Page.QuerySelector("svg.enrol-qr path"));

        await browser.GetAsync("/identity/authenticator");
        Assert.Equal(key, KeyOn(browser));

        await browser.SendFormAsync("authenticator", ("Form.Code", "not a code"));
        Assert.Single(browser.Errors);
        Assert.Equal(key, KeyOn(browser));
        Assert.False((await portal.LoadAsync(user.Email!)).TwoFactorEnabled);

        await browser.SendFormAsync("authenticator", ("Form.Code", AuthenticatorApp.Code(key, DateTimeOffset.UtcNow)));
        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();
        var codes = CodesOn(browser);
        Assert.Equal(10, codes.Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(
            Uri.EscapeDataString(codes[9]),
            browser.Page.QuerySelector("a[download]")!.GetAttribute("href"),
            StringComparison.Ordinal
        );

        await browser.GetAsync("/identity/recovery-codes");
        Assert.Empty(CodesOn(browser));
        Assert.DoesNotContain(codes[0], browser.Body, StringComparison.Ordinal);

        (await other.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        await IsNotifiedAsync(user.Email!, "turned on");
        var next = portal.NewBrowser();
        await next.GetAsync("/auth/login");
        await next.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        next.LeadsTo("/auth/login/code");
    }

    [Fact]
    public async Task Authenticator_AnotherPersonsPendingKey_IsNotTaken()
    {
        var (browser, _) = await SignedInAsync();
        await browser.GetAsync("/identity/authenticator");
        var key = KeyOn(browser);
        await browser.Http.PostAsync(new Uri("/auth/logout", UriKind.Relative), null, Ct);

        var stranger = await SignedInAsync();
        await stranger.Browser.GetAsync("/identity/authenticator");

        Assert.NotEqual(key, KeyOn(stranger.Browser));
    }

    [Fact]
    public async Task Authenticator_SignedInLongAgo_AsksForThePasswordFirst()
    {
        using var host = WithClock(out var time);
        var (browser, _) = await SignedInAsync(host: host);
        time.Offset = TimeSpan.FromMinutes(4);
        await browser.GetAsync("/identity/security");
        time.Offset = TimeSpan.FromMinutes(8);
        await browser.GetAsync("/identity/security");
        time.Offset = TimeSpan.FromMinutes(12);

        await browser.GetAsync("/identity/authenticator");
        browser.LeadsTo("/identity/verify?returnUrl=%2Fidentity%2Fauthenticator");
        await browser.FollowAsync();
        await browser.SendAsync(("Form.Secret", "Not-My-Password-1"));
        Assert.Equal(["The password is not right."], browser.Errors);
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        browser.LeadsTo("/identity/authenticator");
        await browser.FollowAsync();
        Assert.NotNull(browser.Page.QuerySelector("[data-authenticator-key]"));
    }

    [Fact]
    public async Task Authenticator_MovedToAnotherDevice_OldKeyWorksUntilTheNewOneIsConfirmed()
    {
        using var host = WithClock(out var time);
        var (browser, user, secret, oldCodes) = await SignedInAtAsync(host, time);

        await browser.GetAsync("/identity/authenticator");
        var key = KeyOn(browser);
        Assert.NotEqual(secret, key);
        Assert.Equal(secret, (await portal.LoadAsync(user.Email!)).AuthenticatorKey);

        time.Offset += TimeSpan.FromSeconds(60);
        await browser.SendFormAsync("authenticator", ("Form.Code", AuthenticatorApp.Code(key, time.GetUtcNow())));
        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();

        Assert.Equal(key, (await portal.LoadAsync(user.Email!)).AuthenticatorKey);
        Assert.Empty(CodesOn(browser).Intersect(oldCodes, StringComparer.Ordinal));
        await IsNotifiedAsync(user.Email!, "another device", host);
    }

    [Fact]
    public async Task TurnOff_CodeOrPassword_OnlyWithTheRightOne()
    {
        var (browser, user, _) = await SignedInWithAuthenticatorAsync();

        await browser.GetAsync("/identity/authenticator/off");
        await browser.SendFormAsync("off-code", ("Code", "123 456 789"));
        Assert.Single(browser.Errors);
        await browser.SendFormAsync("off-password", ("Password", "Not-My-Password-1"));
        Assert.Equal(["The password is not right."], browser.Errors);
        Assert.True((await portal.LoadAsync(user.Email!)).TwoFactorEnabled);

        await browser.SendFormAsync("off-password", ("Password", AuthPortal.Password));
        browser.LeadsTo("/identity/security?done=authenticator-off");
        await browser.FollowAsync();

        var stored = await portal.LoadAsync(user.Email!);
        Assert.False(stored.TwoFactorEnabled);
        Assert.Null(stored.AuthenticatorKey);
        await IsNotifiedAsync(user.Email!, "turned off");
    }

    [Fact]
    public async Task TurnOff_Staff_IsNotOfferedAndNotDone()
    {
        var (browser, user, _) = await SignedInWithAuthenticatorAsync(BankRoles.Compliance);

        await browser.GetAsync("/identity/security");
        Assert.Null(browser.Page.QuerySelector("a[href='/identity/authenticator/off']"));
        (await browser.GetAsync("/identity/authenticator/off")).LeadsTo("/identity/security");

        // A form made by hand.
        await browser.GetAsync("/identity/profile");
        var token = browser.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var content = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["_handler"] = "off-password",
                ["__RequestVerificationToken"] = token,
                ["Password"] = AuthPortal.Password,
            }
        );
        using var response = await browser.Http.PostAsync(new Uri("/identity/authenticator/off", UriKind.Relative), content, Ct);

        Assert.True((await portal.LoadAsync(user.Email!)).TwoFactorEnabled);
    }

    [Fact]
    public async Task RecoveryCodes_MadeAnew_OldOnesStopWorking()
    {
        var (browser, user, secret) = await SignedInWithAuthenticatorAsync();

        await browser.GetAsync("/identity/recovery-codes");
        Assert.Contains("You have 10 of 10 codes left", browser.Body, StringComparison.Ordinal);
        await browser.SendAsync(("Code", ""));
        Assert.Equal(["Enter the 6 digits of the code."], browser.Errors);
        await browser.SendAsync(("Code", AuthenticatorApp.Code(secret, DateTimeOffset.UtcNow.AddSeconds(30))));
        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();
        var codes = CodesOn(browser);
        Assert.Equal(10, codes.Count);

        await browser.GetAsync("/identity/verify?with=recovery&returnUrl=/identity/profile");
        await browser.SendAsync(("Form.Secret", codes[0]));
        browser.LeadsTo("/identity/profile");
        await browser.GetAsync("/identity/verify?with=recovery&returnUrl=/identity/profile");
        await browser.SendAsync(("Form.Secret", codes[0]));
        Assert.Equal(["This recovery code is not right, or was used before."], browser.Errors);
        await browser.GetAsync("/identity/security");
        Assert.Contains(">9</span> of 10", browser.Body, StringComparison.Ordinal);
        await IsNotifiedAsync(user.Email!, "New recovery codes");
    }

    [Fact]
    public async Task Verify_StaleSecondFactor_IsAskedForBeforeSensitiveForms()
    {
        using var host = WithClock(out var time);
        var (browser, user, secret, _) = await SignedInAtAsync(host, time);

        await browser.GetAsync("/identity/password");
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        time.Offset = TimeSpan.FromMinutes(3);
        await browser.GetAsync("/identity/security");
        time.Offset = TimeSpan.FromMinutes(6);

        // The form opened before is refused too, with nothing done.
        await browser.GetAsync("/identity/password");
        browser.LeadsTo("/identity/verify?returnUrl=%2Fidentity%2Fpassword");
        await browser.FollowAsync();
        var code = AuthenticatorApp.Code(secret, time.GetUtcNow());
        await browser.SendAsync(("Form.Secret", code));
        browser.LeadsTo("/identity/password");
        await browser.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);

        await browser.GetAsync("/identity/verify");
        await browser.SendAsync(("Form.Secret", code));
        Assert.Contains("used already", Assert.Single(browser.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_FormSentWithStaleSecondFactor_ChangesNothing()
    {
        using var host = WithClock(out var time);
        var (browser, user, secret, _) = await SignedInAtAsync(host, time);
        await browser.GetAsync("/identity/password");
        var hash = (await portal.LoadAsync(user.Email!)).PasswordHash;
        time.Offset = TimeSpan.FromMinutes(4.9);
        await browser.Http.GetAsync(new Uri("/identity/security", UriKind.Relative), Ct);
        time.Offset = TimeSpan.FromMinutes(6);

        await browser.SendAsync(
            ("Form.CurrentPassword", AuthPortal.Password),
            ("Form.Password", NewPassword),
            ("Form.ConfirmPassword", NewPassword)
        );

        browser.LeadsTo("/identity/verify?returnUrl=%2Fidentity%2Fpassword");
        Assert.Equal(hash, (await portal.LoadAsync(user.Email!)).PasswordHash);
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Verify_ReturnUrlElsewhere_StaysHere(string returnUrl)
    {
        var (browser, _) = await SignedInAsync();

        await browser.GetAsync("/identity/verify?returnUrl=" + Uri.EscapeDataString(returnUrl));
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));

        browser.LeadsTo("/identity/security");
    }

    [Fact]
    public async Task Sessions_EndOneAndAllOthers_OnlyOnesOwn()
    {
        var (browser, user) = await SignedInAsync();
        var second = await SignInAsync(user.Email!);
        await SignInAsync(user.Email!);
        var (stranger, strangersUser) = await SignedInAsync();

        await browser.GetAsync("/identity/security");
        var items = browser.Page.QuerySelectorAll(".session-item");
        Assert.Equal(3, items.Length);
        Assert.Single(items, item => item.TextContent.Contains("This device", StringComparison.Ordinal));

        // Somebody else's session id in one's own form ends nothing.
        var foreign = Assert.Single(await Sessions.ListAsync(strangersUser.Id, Ct)).SessionId;
        var handler = browser.Page.QuerySelector<IElement>(".session-end input[name=_handler]")!.GetAttribute("value")!;
        await browser.SendFormAsync(handler, ("SessionId", foreign));
        browser.LeadsTo("/identity/security?done=ended");
        await stranger.GetAsync("/identity/security");
        Assert.Equal(HttpStatusCode.OK, stranger.Response.StatusCode);

        var seconds = (await Sessions.ListAsync(user.Id, Ct)).OrderBy(session => session.CreatedAt).ElementAt(1).SessionId;
        await browser.GetAsync("/identity/security");
        await browser.SendFormAsync($"end-{seconds}");
        await browser.FollowAsync();
        Assert.Contains("The session was ended.", browser.Body, StringComparison.Ordinal);
        (await second.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        Assert.Equal(2, browser.Page.QuerySelectorAll(".session-item").Length);

        await browser.SendFormAsync("end-others");
        await browser.FollowAsync();
        Assert.Single(browser.Page.QuerySelectorAll(".session-item"));
        await IsNotifiedAsync(user.Email!, "other sessions were ended");
    }

    [Fact]
    public async Task Profile_Saved_IsNormalizedShownAndNotified()
    {
        var (browser, user) = await SignedInAsync();

        await browser.GetAsync("/identity/profile");
        await browser.SendFormAsync("details", ("Form.FullName", "Robert'); DROP 1"), ("Form.Phone", "12"));
        Assert.Equal(2, browser.Errors.Count);
        Assert.Equal("Robert'); DROP 1", browser.Page.QuerySelector("#full-name")!.GetAttribute("value"));
        Assert.Equal("12", browser.Page.QuerySelector("#phone")!.GetAttribute("value"));

        await browser.SendFormAsync("details", ("Form.FullName", "  Grace   Brewster Hopper "), ("Form.Phone", "+44 (0)20 7946 0000"));
        browser.LeadsTo("/identity/profile?done=details");
        await browser.FollowAsync();

        Assert.Equal("Grace Brewster Hopper", browser.Page.QuerySelector("#full-name")!.GetAttribute("value"));
        Assert.Equal("+442079460000", (await portal.LoadAsync(user.Email!)).PhoneNumber);
        Assert.Contains("Grace Brewster Hopper", browser.Page.QuerySelector(".user-menu-button")!.TextContent, StringComparison.Ordinal);
        await IsNotifiedAsync(user.Email!, "Your details were changed");
    }

    [Fact]
    public async Task Email_Changed_OnlyByTheLinkInTheNewMailbox()
    {
        var (browser, user) = await SignedInAsync();
        var wanted = AuthPortal.NewEmail("new");

        await ProveAsync(browser, "/identity/email");
        await browser.SendAsync(("Form.Email", "no address"));
        Assert.Single(browser.Errors);
        Assert.Equal("no address", browser.Page.QuerySelector("#email")!.GetAttribute("value"));
        await browser.SendAsync(("Form.Email", wanted));
        browser.LeadsTo("/identity/profile?done=email-asked");
        await browser.FollowAsync();
        Assert.Contains(wanted, browser.Body, StringComparison.Ordinal);
        await IsNotifiedAsync(user.Email!, "change of your e-mail");
        Assert.Equal(user.Id, (await portal.LoadAsync(user.Email!)).Id);

        var link = await portal.LinkAsync(wanted, "Confirm your new e-mail");
        var elsewhere = portal.NewBrowser();
        await elsewhere.GetAsync(link);
        Assert.Equal(user.Id, (await portal.LoadAsync(user.Email!)).Id);
        await elsewhere.SendAsync();
        elsewhere.LeadsTo("/auth/login?reason=email");

        Assert.Equal(user.Id, (await portal.LoadAsync(wanted)).Id);
        (await browser.GetAsync("/identity/profile")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fprofile");
        await IsNotifiedAsync(user.Email!, "Your e-mail address was changed");
        await SignInAsync(wanted);
        Assert.Contains("no longer works", (await portal.NewBrowser().GetAsync(link)).Body, StringComparison.Ordinal);

        // The old address is free again.
        await portal.CreateUserAsync(user.Email!);
    }

    [Fact]
    public async Task Email_BelongsToSomebodyElse_SaysTheSameAndWritesToThem()
    {
        var (browser, user) = await SignedInAsync();
        var taken = AuthPortal.NewEmail("taken");
        await portal.CreateUserAsync(taken);

        await ProveAsync(browser, "/identity/email");
        await browser.SendAsync(("Form.Email", taken));

        browser.LeadsTo("/identity/profile?done=email-asked");
        await IsNotifiedAsync(taken, "in use already");
        Assert.NotEqual(user.Id, (await portal.LoadAsync(taken)).Id);
    }

    [Fact]
    public async Task Email_WishWithdrawn_LinkNoLongerWorks()
    {
        var (browser, _) = await SignedInAsync();
        var wanted = AuthPortal.NewEmail("new");
        await ProveAsync(browser, "/identity/email");
        await browser.SendAsync(("Form.Email", wanted));
        await browser.FollowAsync();

        await browser.SendFormAsync("withdraw");
        browser.LeadsTo("/identity/profile?done=withdrawn");

        var link = await portal.LinkAsync(wanted, "Confirm your new e-mail");
        Assert.Contains("no longer works", (await portal.NewBrowser().GetAsync(link)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(BankRoles.Analyst)]
    [InlineData(BankRoles.Compliance)]
    [InlineData(BankRoles.Manager)]
    [InlineData(BankRoles.Admin)]
    public async Task Staff_WithoutSecondFactor_CanOnlySetItUp(string role)
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail("staff"), role);
        var browser = portal.NewBrowser();
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", user.Email!), ("Form.Password", AuthPortal.Password));
        browser.LeadsTo("/identity/authenticator");

        foreach (var path in new[] { "/staff", "/identity/security", "/identity/profile", "/identity/password", "/identity/verify" })
        {
            (await browser.GetAsync(path)).LeadsTo("/identity/authenticator");
        }

        using (var response = await browser.Http.PostAsync(new Uri("/identity/profile", UriKind.Relative), null, Ct))
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        await browser.GetAsync("/identity/authenticator");
        Assert.Contains("People who work for the bank", browser.Body, StringComparison.Ordinal);
        await browser.SendFormAsync("authenticator", ("Form.Code", AuthenticatorApp.Code(KeyOn(browser), DateTimeOffset.UtcNow)));
        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();
        Assert.Equal(10, CodesOn(browser).Count);

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff")).Response.StatusCode);
    }

    [Fact]
    public async Task SessionStatus_SaysHowLongAndIsNoActivity()
    {
        using var host = WithClock(out var time);
        var (browser, user) = await SignedInAsync(host: host);
        var before = Assert.Single(await Sessions.ListAsync(user.Id, Ct)).LastSeenAt;

        time.Offset = TimeSpan.FromMinutes(4);
        await browser.GetAsync("/identity/session");
        Assert.Equal(HttpStatusCode.OK, browser.Response.StatusCode);
        Assert.Matches("""^\{"left":[0-9]{4,5}\}$""", browser.Body);
        Assert.Equal(before, Assert.Single(await Sessions.ListAsync(user.Id, Ct)).LastSeenAt);

        time.Offset = TimeSpan.FromMinutes(6);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/identity/session")).Response.StatusCode);
        (await browser.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        Assert.Equal(HttpStatusCode.Unauthorized, (await portal.NewBrowser().GetAsync("/identity/session")).Response.StatusCode);
    }

    private static string KeyOn(AuthBrowser browser) =>
        browser.Page.QuerySelector("[data-authenticator-key]")!.TextContent.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    private static List<string> CodesOn(AuthBrowser browser) =>
        [.. browser.Page.QuerySelectorAll(".codes-list code").Select(code => code.TextContent)];

    private static async Task ProveAsync(AuthBrowser browser, string path)
    {
        await browser.GetAsync(path);
        browser.LeadsTo("/identity/verify?returnUrl=" + Uri.EscapeDataString(path));
        await browser.FollowAsync();
        await browser.SendAsync(("Form.Secret", AuthPortal.Password));
        browser.LeadsTo(path);
        await browser.FollowAsync();
    }

    /// <summary>Waits until the message is in the mailbox of the portal that sent it.</summary>
    private async Task IsNotifiedAsync(string email, string subject, PortalHost? host = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var mailbox = host is null ? portal.Mailbox : host.Services.GetRequiredService<DevelopmentMailbox>();
        await mailbox.WaitForAsync(email, subject, limit.Token);
    }

    private async Task<(AuthBrowser Browser, BankUser User)> SignedInAsync(PortalHost? host = null)
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        return (await SignInAsync(user.Email!, host: host), user);
    }

    private async Task<(AuthBrowser Browser, BankUser User, string Secret)> SignedInWithAuthenticatorAsync(string role = BankRoles.Customer)
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail(), role);
        var (secret, _) = await portal.EnrolAsync(user.Id);
        return (await SignInAsync(user.Email!, secret: secret), user, secret);
    }

    /// <summary>A portal on the same database whose clock the test moves.</summary>
    private PortalHost WithClock(out OffsetTime time)
    {
        var clock = time = new OffsetTime();
        return portal.With(services => services.AddSingleton<TimeProvider>(clock));
    }

    /// <summary>A new customer with an authenticator, signed in at a portal of its own.</summary>
    private async Task<(AuthBrowser Browser, BankUser User, string Secret, IReadOnlyList<string> Codes)> SignedInAtAsync(
        PortalHost host,
        TimeProvider time
    )
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var (secret, codes) = await portal.EnrolAsync(user.Id);
        return (await SignInAsync(user.Email!, host: host, secret: secret, time: time), user, secret, codes);
    }

    private async Task<AuthBrowser> SignInAsync(
        string email,
        string password = AuthPortal.Password,
        PortalHost? host = null,
        string? secret = null,
        TimeProvider? time = null
    )
    {
        var browser = host is null ? portal.NewBrowser() : AuthPortal.NewBrowser(host);
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", email), ("Form.Password", password));
        if (secret is not null)
        {
            browser.LeadsTo("/auth/login/code");
            await browser.FollowAsync();
            await browser.SendAsync(("Form.Code", AuthenticatorApp.Code(secret, (time ?? TimeProvider.System).GetUtcNow())));
        }

        Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode);
        Assert.DoesNotContain("/auth/", browser.Location, StringComparison.Ordinal);
        return browser;
    }
}
