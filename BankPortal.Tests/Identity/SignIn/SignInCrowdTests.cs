using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>Many who sign in at once: nobody gets a fault, and nobody's try is counted who was asked to come back.</summary>
[EngineTest]
public sealed class SignInCrowdTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private static readonly (string Key, string Value)[] OneAtATime = [("Identity:HashesAtOnce", "1"), ("Identity:HashesWaiting", "0")];

    // Whoever comes while the only turn is taken is not refused at once.
    private static readonly (string Key, string Value)[] OneAtATimeOneWaiting =
        [("Identity:HashesAtOnce", "1"), ("Identity:HashesWaiting", "1")];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hashing_NoTurnIsFree_RefusesEveryWayToAPasswordAndChangesNothing()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide, OneAtATime);
        var ann = await bank.AddUserAsync("ann@example.org", IdentityBank.Password);
        var ben = await bank.AddUserAsync("ben@example.org");
        var users = bank.Users();
        var token = await users.GeneratePasswordResetTokenAsync(ann);
        var before = await bank.ReloadAsync(ann);
        using (await bank.Services.GetRequiredService<PasswordHashGate>().EnterAsync())
        {
            await BusyAsync(() => new TestBrowser(bank.Services).SignInAsync("ann@example.org", IdentityBank.Password));
            await BusyAsync(() => new TestBrowser(bank.Services).SignInAsync("nobody@example.org", IdentityBank.Password));
            await BusyAsync(() => users.CheckPasswordAsync(ann, IdentityBank.Password));
            await BusyAsync(() => users.ChangePasswordAsync(ann, IdentityBank.Password, "Windy-Orchard-52"));
            await BusyAsync(() => users.ResetPasswordAsync(ann, token, "Windy-Orchard-52"));
            await BusyAsync(() => users.AddPasswordAsync(ben, "Windy-Orchard-52"));
            await BusyAsync(() => users.CreateAsync(new BankUser { Email = "cat@example.org" }, "Windy-Orchard-52"));
        }

        var after = await bank.ReloadAsync(ann);
        Assert.Equal(
            (0, before.PasswordHash, before.SecurityStamp, before.ConcurrencyStamp),
            (after.AccessFailedCount, after.PasswordHash, after.SecurityStamp, after.ConcurrencyStamp));
        Assert.Null((await bank.ReloadAsync(ben)).PasswordHash);
        Assert.Equal(0, await bank.CountRowsAsync("phantom#"));
        Assert.Null(await users.FindByEmailAsync("cat@example.org"));
        Assert.True((await new TestBrowser(bank.Services).SignInAsync("ann@example.org", IdentityBank.Password)).Succeeded);
    }

    [Fact]
    public async Task Hashing_WhileAttemptsOfOnePersonWaitForEachOther_GoesOnForOthers()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide, OneAtATimeOneWaiting);
        var ann = await bank.AddUserAsync("ann@example.org", IdentityBank.Password);
        await bank.AddUserAsync("ben@example.org", IdentityBank.Password);
        var users = (BankUserManager)bank.Users();
        var places = new List<SignInAttempt>();
        for (var i = 0; i < 5; i++)
        {
            places.Add(await users.BeginAttemptAsync(await bank.ReloadAsync(ann)));
        }

        var waiting = new TestBrowser(bank.Services).SignInAsync("ann@example.org", IdentityBank.Password);

        Assert.True((await new TestBrowser(bank.Services).SignInAsync("ben@example.org", IdentityBank.Password)).Succeeded);
        Assert.False(waiting.IsCompleted);
        foreach (var place in places)
        {
            await place.DisposeAsync();
        }

        Assert.True((await waiting).Succeeded);
        Assert.Equal(0, (await bank.ReloadAsync(ann)).AccessFailedCount);
    }

    [Fact]
    public async Task Hashing_QueueFillsAfterAPlaceWasTaken_GivesThePlaceBack()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide, OneAtATime);
        var ann = await bank.AddUserAsync("ann@example.org", IdentityBank.Password);
        var gate = bank.Services.GetRequiredService<PasswordHashGate>();
        var users = (BankUserManager)bank.Users();
        var places = new List<SignInAttempt>();
        for (var i = 0; i < 5; i++)
        {
            places.Add(await users.BeginAttemptAsync(await bank.ReloadAsync(ann)));
        }

        var waiting = new TestBrowser(bank.Services).SignInAsync("ann@example.org", IdentityBank.Password);
        using (await gate.EnterAsync())
        {
            foreach (var place in places)
            {
                await place.DisposeAsync();
            }

            await BusyAsync(() => waiting);
        }

        Assert.DoesNotContain(await bank.ScanAsync(IdentityTables.Users), row => row.ContainsKey("attempts_open"));
        Assert.Equal(0, (await bank.ReloadAsync(ann)).AccessFailedCount);
    }

    [Fact]
    public async Task Login_QueueIsFull_Answers503WithTheTimeToComeBackAndOtherPagesGoOn()
    {
        using var host = portal.With(settings: OneAtATime);
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);
        var browser = await AuthPortal.NewBrowser(host).GetAsync("/auth/login");
        var signedIn = await AuthPortal.NewBrowser(host).GetAsync("/auth/login");
        await signedIn.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        await signedIn.GetAsync("/identity/verify");

        using (await host.Services.GetRequiredService<PasswordHashGate>().EnterAsync())
        {
            await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
            AssertBusy(browser);
            await signedIn.SendAsync(("Form.Secret", AuthPortal.Password));
            AssertBusy(signedIn);
            await signedIn.GetAsync("/account/dashboard");
            Assert.Equal(HttpStatusCode.OK, signedIn.Response.StatusCode);
        }

        Assert.Equal(0, (await portal.LoadAsync(email)).AccessFailedCount);
        await browser.GetAsync("/auth/login");
        await browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password));
        Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode);
    }

    [Fact]
    public async Task Login_ManyMoreThanCoresAtOnce_AllGetInWithoutAFault()
    {
        const int people = 24;
        var emails = Enumerable.Range(0, people).Select(_ => AuthPortal.NewEmail("crowd")).ToList();
        await using (var scope = portal.Host.Services.CreateAsyncScope())
        {
            // One hash for all: hashing is slow on purpose.
            var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
            var hash = users.PasswordHasher.HashPassword(new BankUser(), AuthPortal.Password);
            foreach (var email in emails)
            {
                var user = new BankUser { UserName = email, Email = email, EmailConfirmed = true, FullName = "Grace Hopper", PasswordHash = hash };
                user.Roles.Add(BankRoles.Customer);
                Assert.True((await users.CreateAsync(user)).Succeeded);
            }
        }

        var browsers = await Task.WhenAll(emails.Select(_ => portal.NewBrowser().GetAsync("/auth/login")));

        await Task.WhenAll(browsers.Zip(emails, (browser, email) =>
            browser.SendAsync(("Form.Email", email), ("Form.Password", AuthPortal.Password))));

        Assert.All(browsers, browser => Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode));
    }

    private static void AssertBusy(AuthBrowser browser)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Response.StatusCode);
        Assert.Equal("10", browser.Response.Headers.GetValues("Retry-After").Single());
        Assert.Contains("signing in right now", browser.Page.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private static Task BusyAsync<T>(Func<Task<T>> act) => Assert.ThrowsAsync<PasswordHashingBusyException>(act);
}
