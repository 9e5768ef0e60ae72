using System.Text.Json.Nodes;

namespace BankPortal.Tests.Identity.Passkeys;

/// <summary>Passkeys on the pages: adding, signing in, second step, step-up, renaming, removing, and what attackers try.</summary>
[EngineTest]
public sealed class PasskeyPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string WrongPasskey = "This passkey was not accepted. It may have been removed from your account. Try another way.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISessionRegistry Sessions => portal.Host.Services.GetRequiredService<ISessionRegistry>();

    [Theory]
    [InlineData("/identity/passkeys/add")]
    [InlineData("/identity/passkeys/edit?id=abc")]
    public async Task Pages_Visitor_SignsInFirst(string path)
    {
        var browser = await portal.NewBrowser().GetAsync(path);

        browser.LeadsTo("/auth/login?returnUrl=" + Uri.EscapeDataString(path));
    }

    [Fact]
    public async Task Options_WithoutAntiforgeryToken_AreRefused()
    {
        var (browser, _) = await SignedInAsync();
        foreach (var path in new[] { "/auth/passkey/options", "/identity/passkeys/options" })
        {
            using var content = new FormUrlEncodedContent([KeyValuePair.Create("purpose", "verify")]);
            using var response = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }
    }

    [Fact]
    public async Task Add_FirstPasskey_IsListedEndsOtherSessionsTellsTheOwnerAndGivesRecoveryCodes()
    {
        using var device = new PasskeyDevice { IsSynced = true };
        var (browser, user) = await SignedInAsync();
        var other = await SignInAsync(user.Email!);
        var stamp = (await portal.LoadAsync(user.Email!)).SecurityStamp;

        await browser.GetAsync("/identity/passkeys/add");
        var options = JsonNode.Parse(await browser.OptionsAsync())!;
        Assert.Equal("localhost", options["rp"]!["id"]!.GetValue<string>());
        Assert.Equal("required", options["authenticatorSelection"]!["userVerification"]!.GetValue<string>());
        Assert.Equal("required", options["authenticatorSelection"]!["residentKey"]!.GetValue<string>());
        Assert.DoesNotContain(user.Id, options.ToJsonString(), StringComparison.Ordinal);
        await browser.SendAsync(("Name", "Ann's phone"), ("Credential", device.Register(options.ToJsonString())));

        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();
        Assert.Equal(10, browser.Page.QuerySelectorAll(".codes-list li").Length);
        await browser.GetAsync("/identity/security");
        var row = Assert.Single(browser.Page.QuerySelectorAll("[data-passkey-row]")).TextContent;
        Assert.Contains("Ann's phone", row, StringComparison.Ordinal);
        Assert.Contains("Not used yet", row, StringComparison.Ordinal);
        Assert.Contains("Synced to your other devices", row, StringComparison.Ordinal);
        Assert.Contains("Confirmed with a passkey", browser.Body, StringComparison.Ordinal);
        (await other.GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        await IsToldAsync(user, "A passkey was added");
        var stored = await portal.LoadAsync(user.Email!);
        Assert.NotEqual(stamp, stored.SecurityStamp);
        Assert.True(stored is { HasPasskeys: true, TwoFactorEnabled: false });
        await IsRecordedAsync(user, SecurityEventKind.Passkey, SecurityEventOutcome.Succeeded, "added");
    }

    [Fact]
    public async Task Add_SecondFactorNotFresh_AsksForItFirstAndGivesNoOptions()
    {
        using var device = new PasskeyDevice();
        using var second = new PasskeyDevice();
        var time = new OffsetTime();
        using var host = portal.With(services => services.AddSingleton<TimeProvider>(time));
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        var browser = await AuthPortal.NewBrowser(host).GivePasswordAsync(user.Email!);
        await browser.AddPasskeyAsync(device);
        await browser.GetAsync("/identity/passkeys/add");
        var answer = second.Register(await browser.OptionsAsync());
        time.Offset = TimeSpan.FromMinutes(4.9);
        await browser.Http.GetAsync(new Uri("/identity/security", UriKind.Relative), Ct);
        time.Offset = TimeSpan.FromMinutes(6);

        using var refused = await browser.AskOptionsAsync();
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await browser.SendAsync(("Name", "Late"), ("Credential", answer));
        browser.LeadsTo("/identity/verify?returnUrl=%2Fidentity%2Fpasskeys%2Fadd");
        (await browser.GetAsync("/identity/passkeys/add")).LeadsTo("/identity/verify?returnUrl=%2Fidentity%2Fpasskeys%2Fadd");
        Assert.Equal(1, (await portal.LoadAsync(user.Email!)).PasskeyCount);

        // The passkey itself is the proof.
        await browser.FollowAsync();
        await browser.SendAsync(("Credential", device.Assert(await browser.OptionsAsync())));
        browser.LeadsTo("/identity/passkeys/add");
        await browser.AddPasskeyAsync(second);
        browser.LeadsTo("/identity/security?done=passkey-added");
    }

    [Fact]
    public async Task SignIn_Passkey_ReplacesPasswordAndCodeAndTheSessionSaysSo()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);
        await portal.EnrolAsync(user.Id);

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        browser.LeadsTo("/account/dashboard");
        var newest = (await Sessions.ListAsync(user.Id, Ct)).MaxBy(session => session.CreatedAt);
        Assert.True(newest is { Factor: BankClaims.FactorPasskey, SecondFactorAt: not null, KeyNumber: 0 });
        await browser.GetAsync("/identity/security");
        Assert.Contains("Last used", browser.Page.QuerySelector("[data-passkey-row]")!.TextContent, StringComparison.Ordinal);
        await IsRecordedAsync(user, SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded, "passkey");
    }

    [Fact]
    public async Task SignIn_PasswordOfSomebodyWithAPasskeyOnly_NeedsThePasskeyToo()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);

        var browser = await portal.NewBrowser().GivePasswordAsync(user.Email!);
        browser.LeadsTo("/auth/login/code");
        (await portal.NewBrowser().GetAsync("/identity/security")).LeadsTo("/auth/login?returnUrl=%2Fidentity%2Fsecurity");
        await browser.FollowAsync();
        Assert.Equal("Use your passkey", browser.Page.QuerySelector("h1")!.TextContent);
        Assert.Null(browser.Page.QuerySelector("#code"));
        var options = await browser.OptionsAsync();
        Assert.Single(JsonNode.Parse(options)!["allowCredentials"]!.AsArray());
        await browser.SendAsync(("Credential", device.Assert(options)));

        browser.LeadsTo("/account/dashboard");
    }

    [Fact]
    public async Task SignIn_PasskeyAfterPassword_UsesTheHalfWayCookieUp()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);
        await portal.EnrolAsync(user.Id);
        var browser = await portal.NewBrowser().GivePasswordAsync(user.Email!);
        await browser.FollowAsync();
        var options = await browser.OptionsAsync();
        await browser.SendAsync(("Credential", device.Assert(options)));
        browser.LeadsTo("/account/dashboard");

        await browser.GetAsync("/auth/logout");
        await browser.SendAsync();
        (await browser.GetAsync("/auth/login/code")).LeadsTo("/auth/login?reason=expired");
    }

    [Fact]
    public async Task SignIn_SameAnswerTwice_WorksOnce()
    {
        using var device = new PasskeyDevice { Counts = false };
        await WithPasskeyAsync(device);
        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        var (options, cookie) = await browser.OptionsAndCookieAsync();
        var answer = device.Assert(options);
        await browser.SendAsync(("Credential", answer));
        browser.LeadsTo("/account/dashboard");

        // In the same browser, and in a thief's browser that copied cookie and answer.
        var thief = await portal.NewBrowser().GetAsync("/auth/login");
        thief.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        await thief.SendAsync(("Credential", answer));
        thief.LeadsTo("/auth/login?reason=expired");
    }

    [Fact]
    public async Task SignIn_AnswerToAnotherChallenge_IsRefused()
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        var first = await browser.OptionsAsync();
        await browser.OptionsAsync();

        await browser.SendAsync(("Credential", device.Assert(first)));

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_WithoutAChallenge_StartsAgain()
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        var options = await (await portal.NewBrowser().GetAsync("/auth/login")).OptionsAsync();

        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        await browser.SendAsync(("Credential", device.Assert(options)));

        browser.LeadsTo("/auth/login?reason=expired");
    }

    [Theory]
    [InlineData("https://localhost.evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost")]
    [InlineData("https://localhost:8443")]
    public async Task SignIn_WrongOrigin_IsRefused(string origin)
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        device.Origin = origin;

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_AnotherDomain_IsRefused()
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        var challenge = JsonNode.Parse(await browser.OptionsAsync())!["challenge"]!.GetValue<string>();

        await browser.SendAsync(("Credential", device.Assert(challenge, "evil.example")));

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_WithoutFingerFaceOrPin_IsRefused()
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        device.Verifies = false;

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_SomebodyElsesUserHandle_IsRefused()
    {
        using var device = new PasskeyDevice();
        using var others = new PasskeyDevice();
        await WithPasskeyAsync(device);
        await WithPasskeyAsync(others);
        Assert.NotEqual(device.UserHandle, others.UserHandle);
        device.UserHandle = others.UserHandle;

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_IdOfAKnownPasskeyWithAnotherKey_IsRefused()
    {
        using var device = new PasskeyDevice();
        await WithPasskeyAsync(device);
        using var forged = new PasskeyDevice(device.CredentialId) { UserHandle = device.UserHandle, Counter = 100 };

        Assert.Equal([WrongPasskey], (await portal.NewBrowser().SignInByPasskeyAsync(forged)).Errors);

        // Nothing of it was counted: the owner gets in with a lower counter.
        (await portal.NewBrowser().SignInByPasskeyAsync(device)).LeadsTo("/account/dashboard");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"id\":5,\"response\":{\"userHandle\":7}}")]
    [InlineData("{\"id\":\"%%%\",\"response\":{\"userHandle\":\"AAAA\"}}")]
    public async Task SignIn_Rubbish_IsRefused(string answer)
    {
        var browser = await portal.NewBrowser().GetAsync("/auth/login");
        await browser.OptionsAsync();

        await browser.SendAsync(("Credential", answer));

        Assert.Equal([WrongPasskey], browser.Errors);
    }

    [Fact]
    public async Task SignIn_CounterWentBack_IsRefusedAndTheOwnerIsTold()
    {
        using var device = new PasskeyDevice { Counter = 50 };
        var user = await WithPasskeyAsync(device);
        (await portal.NewBrowser().SignInByPasskeyAsync(device)).LeadsTo("/account/dashboard");
        device.Counter = 20;

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        Assert.Equal([WrongPasskey], browser.Errors);
        await IsToldAsync(user, "A passkey was refused");
        await IsRecordedAsync(user, SecurityEventKind.Passkey, SecurityEventOutcome.Refused, "counter");
    }

    [Fact]
    public async Task SignIn_BlockedUser_IsRefused()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);
        Assert.True(await portal.Host.Services.GetRequiredService<ICustomerAccess>().BlockAsync(user.Id, Ct));

        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);

        Assert.Contains("We cannot sign you in at the moment.", Assert.Single(browser.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignIn_LockedAfterWrongPasswords_PasskeyStillWorksAndALockByStaffStopsIt()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);
        var stranger = portal.NewBrowser();
        for (var i = 0; i < 5; i++)
        {
            await stranger.GetAsync("/auth/login");
            await stranger.SendAsync(("Form.Email", user.Email!), ("Form.Password", $"Wrong-Harbour-{i}"));
        }

        (await portal.NewBrowser().GivePasswordAsync(user.Email!)).LeadsTo("/auth/lockout");
        (await portal.NewBrowser().SignInByPasskeyAsync(device)).LeadsTo("/account/dashboard");

        await using var scope = portal.Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<BankUserManager>();
        await users.SetLockoutEndDateAsync((await users.FindByIdAsync(user.Id))!, DateTimeOffset.UtcNow.AddDays(2));
        (await portal.NewBrowser().SignInByPasskeyAsync(device)).LeadsTo("/auth/lockout");
    }

    [Fact]
    public async Task SignIn_RemovedPasskey_IsRefused()
    {
        using var device = new PasskeyDevice();
        using var second = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device, "Old phone");
        await browser.AddPasskeyAsync(second, "New phone");
        browser.LeadsTo("/identity/security?done=passkey-added");
        await browser.GetAsync("/identity/security");
        await browser.GetAsync(LinkOf(browser, "Old phone"));

        await browser.SendFormAsync("passkey-remove");

        browser.LeadsTo("/identity/security?done=passkey-removed");
        Assert.Single((await browser.FollowAsync()).Page.QuerySelectorAll("[data-passkey-row]"));
        await IsToldAsync(user, "A passkey was removed");
        await IsRecordedAsync(user, SecurityEventKind.Passkey, SecurityEventOutcome.Succeeded, "removed");
        Assert.Equal([WrongPasskey], (await portal.NewBrowser().SignInByPasskeyAsync(device)).Errors);
        (await portal.NewBrowser().SignInByPasskeyAsync(second)).LeadsTo("/account/dashboard");
    }

    [Fact]
    public async Task Remove_OnlySecondFactor_IsRefused()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        await browser.GetAsync("/identity/security");
        await browser.GetAsync(LinkOf(browser, "Ann's phone"));
        Assert.Contains("It is your only second factor", browser.Body, StringComparison.Ordinal);

        await browser.SendFormAsync("passkey-remove");

        Assert.StartsWith("This passkey is your only second factor.", Assert.Single(browser.Errors), StringComparison.Ordinal);
        Assert.True((await portal.LoadAsync(user.Email!)).HasPasskeys);
    }

    [Fact]
    public async Task Rename_OwnPasskey_ChangesTheListAndAnotherPersonsIsNotFound()
    {
        using var device = new PasskeyDevice();
        using var others = new PasskeyDevice();
        var (browser, _) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        await browser.GetAsync("/identity/security");
        var link = LinkOf(browser, "Ann's phone");
        await browser.GetAsync(link);
        await browser.SendFormAsync("passkey-name", ("Name", "  Work   phone "));
        browser.LeadsTo("/identity/security?done=passkey-renamed");
        await browser.FollowAsync();
        Assert.Contains("Work phone", browser.Page.QuerySelector("[data-passkey-row]")!.TextContent, StringComparison.Ordinal);

        var (stranger, _) = await SignedInAsync();
        await stranger.AddPasskeyAsync(others);
        (await stranger.GetAsync(link)).LeadsTo("/identity/security");
    }

    [Fact]
    public async Task Add_SameAnswerOrSameDeviceAgain_IsRefused()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.GetAsync("/identity/passkeys/add");
        var answer = device.Register(await browser.OptionsAsync());
        await browser.SendAsync(("Name", ""), ("Credential", answer));
        browser.LeadsTo("/identity/recovery-codes");

        await browser.GetAsync("/identity/passkeys/add");
        var options = await browser.OptionsAsync();
        Assert.Single(JsonNode.Parse(options)!["excludeCredentials"]!.AsArray());
        await browser.SendAsync(("Credential", answer));
        Assert.StartsWith("The passkey could not be added", Assert.Single(browser.Errors), StringComparison.Ordinal);
        await browser.AddPasskeyAsync(device);
        Assert.StartsWith("The passkey could not be added", Assert.Single(browser.Errors), StringComparison.Ordinal);

        // Nor does somebody else get it.
        var (stranger, other) = await SignedInAsync();
        await stranger.AddPasskeyAsync(device);
        Assert.StartsWith("The passkey could not be added", Assert.Single(stranger.Errors), StringComparison.Ordinal);
        Assert.Equal(1, (await portal.LoadAsync(user.Email!)).PasskeyCount);
        Assert.False((await portal.LoadAsync(other.Email!)).HasPasskeys);
    }

    [Fact]
    public async Task StepUp_OwnPasskey_ProvesAndLeadsBack()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        var before = Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt;

        await browser.GetAsync("/identity/verify?returnUrl=%2Fidentity%2Fprofile");
        Assert.Null(browser.Page.QuerySelector("#secret"));
        await browser.SendAsync(("Credential", device.Assert(await browser.OptionsAsync())));

        browser.LeadsTo("/identity/profile");
        var session = Assert.Single(await Sessions.ListAsync(user.Id, Ct));
        Assert.True(session.SecondFactorAt > before);
        Assert.Equal(BankClaims.FactorPasskey, session.Factor);
        await IsRecordedAsync(user, SecurityEventKind.StepUp, SecurityEventOutcome.Succeeded, "passkey");
    }

    [Fact]
    public async Task StepUp_PasswordOfSomebodyWithAPasskeyOnly_ProvesNothing()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.GetAsync("/identity/verify");
        var withField = browser.Page;
        await browser.AddPasskeyAsync(device);
        var before = Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt;

        // The form that was open before, as a thief of the password sends it.
        var form = withField.QuerySelectorAll("main form input[name]")
            .ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "", StringComparer.Ordinal);
        form["Form.Secret"] = AuthPortal.Password;
        using var content = new FormUrlEncodedContent(form);
        using var response = await browser.Http.PostAsync(new Uri("/identity/verify", UriKind.Relative), content, Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(before, Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt);
    }

    [Fact]
    public async Task StepUp_PasskeyOfAnotherUser_ProvesNothing()
    {
        using var device = new PasskeyDevice();
        using var others = new PasskeyDevice();
        await WithPasskeyAsync(others);
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        var before = Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt;

        foreach (var handle in new[] { others.UserHandle, device.UserHandle, null })
        {
            others.UserHandle = handle;
            await browser.GetAsync("/identity/verify");
            await browser.SendAsync(("Credential", others.Assert(await browser.OptionsAsync())));
            Assert.Equal([WrongPasskey], browser.Errors);
        }

        Assert.Equal(before, Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt);
    }

    [Fact]
    public async Task StepUp_ChallengeOfAnotherPurpose_ProvesNothing()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        var before = Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt;

        // An answer that was given to sign in, with the cookie of its challenge under the name of the other.
        var visitor = await portal.NewBrowser().GetAsync("/auth/login");
        var (options, cookie) = await visitor.OptionsAndCookieAsync();
        var answer = device.Assert(options);
        cookie = cookie.Replace("-signin=", "-stepup=", StringComparison.Ordinal);
        await browser.GetAsync("/identity/verify");
        browser.Http.DefaultRequestHeaders.Add("Cookie", cookie);
        await browser.SendAsync(("Credential", answer));
        Assert.Equal([WrongPasskey], browser.Errors);
        browser.Http.DefaultRequestHeaders.Remove("Cookie");

        // An answer about something else than the page asks for.
        await browser.GetAsync("/identity/verify");
        await browser.SendAsync(("Credential", device.Assert(await browser.OptionsAsync(about: "order-1"))));
        Assert.Equal([WrongPasskey], browser.Errors);

        Assert.Equal(before, Assert.Single(await Sessions.ListAsync(user.Id, Ct)).SecondFactorAt);
    }

    [Fact]
    public async Task AuthenticatorOff_WithPasskeys_KeepsThemAsTheSecondFactorWithTheRecoveryCodes()
    {
        using var device = new PasskeyDevice();
        var user = await WithPasskeyAsync(device);
        var (_, codes) = await portal.EnrolAsync(user.Id);
        var browser = await portal.NewBrowser().SignInByPasskeyAsync(device);
        await browser.GetAsync("/identity/authenticator/off");
        await browser.SendFormAsync("off-password", ("Password", AuthPortal.Password));
        browser.LeadsTo("/identity/security?done=authenticator-off");

        var next = await portal.NewBrowser().GivePasswordAsync(user.Email!);
        next.LeadsTo("/auth/login/code");
        await next.GetAsync("/auth/login/recovery");
        await next.SendAsync(("Form.Code", codes[0]));
        next.LeadsTo("/account/dashboard");
    }

    [Fact]
    public async Task RecoveryCodes_PasskeyOnly_AreMadeAgainWithoutACode()
    {
        using var device = new PasskeyDevice();
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        await browser.FollowAsync();
        var first = browser.Page.QuerySelectorAll(".codes-list code").Select(code => code.TextContent).ToList();

        await browser.GetAsync("/identity/recovery-codes");
        await browser.SendAsync();
        browser.LeadsTo("/identity/recovery-codes");
        await browser.FollowAsync();

        var second = browser.Page.QuerySelectorAll(".codes-list code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, second.Count);
        Assert.Empty(first.Intersect(second, StringComparer.Ordinal));
        await IsToldAsync(user, "New recovery codes were made");
    }

    [Fact]
    public async Task Add_Staff_NeedsTheAuthenticatorFirst()
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail(), BankRoles.Analyst);
        var browser = await portal.NewBrowser().GivePasswordAsync(user.Email!);

        (await browser.GetAsync("/identity/passkeys/add")).LeadsTo("/identity/authenticator");
    }

    private static string LinkOf(AuthBrowser browser, string name) => Assert.Single(
        browser.Page.QuerySelectorAll("[data-passkey-row]"), row => row.TextContent.Contains(name, StringComparison.Ordinal))
        .QuerySelector("a")!.GetAttribute("href")!;

    private async Task<BankUser> WithPasskeyAsync(PasskeyDevice device)
    {
        var (browser, user) = await SignedInAsync();
        await browser.AddPasskeyAsync(device);
        browser.LeadsTo("/identity/recovery-codes");
        return user;
    }

    private async Task<(AuthBrowser Browser, BankUser User)> SignedInAsync()
    {
        var user = await portal.CreateUserAsync(AuthPortal.NewEmail());
        return (await SignInAsync(user.Email!), user);
    }

    private async Task<AuthBrowser> SignInAsync(string email)
    {
        var browser = await portal.NewBrowser().GivePasswordAsync(email);
        browser.LeadsTo("/account/dashboard");
        return browser;
    }

    private async Task IsToldAsync(BankUser user, string subject)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await portal.Mailbox.WaitForAsync(user.Email!, subject, limit.Token);
    }

    private async Task IsRecordedAsync(BankUser user, SecurityEventKind kind, SecurityEventOutcome outcome, string detail)
    {
        var services = portal.Host.Services;
        await services.GetRequiredService<SecurityEventLog>().FlushAsync(all: true, Ct);
        var page = await services.GetRequiredService<ISecurityEventStore>().ListOfUserAsync(user.Id, 100, ct: Ct);
        Assert.Contains(
            page,
            record => record.Event.Kind == kind
                && record.Event.Outcome == outcome
                && string.Equals(record.Event.Detail, detail, StringComparison.Ordinal));
    }
}
