using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.Sessions;

/// <summary>A session's key is renewed when its person proves something or changes credentials; the old key is dead at once.</summary>
[EngineTest]
public sealed class SessionRenewalTests
{
    private const string Ann = "ann@example.org";

    [Theory, EveryEngine]
    public async Task RenewSession_CopyOfTheOldCookie_IsDeadAtOnceAndTheSessionGoesOn(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, browser) = await SignedInAsync(bank);
        var before = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        var copy = browser.Copy();
        Assert.Equal(before.SessionId, await copy.SessionIdAsync());
        bank.Time.Advance(TimeSpan.FromMinutes(1));
        var told = new List<(string Id, long Number)>();
        bank.Sessions.SessionRenewed += (_, e) => told.Add((e.SessionId, e.KeyNumber));

        Assert.True(await RenewAsync(bank, browser, user, proven: true));

        Assert.Null(await copy.SessionIdAsync());
        Assert.Equal(before.SessionId, await browser.SessionIdAsync());
        var after = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        Assert.Equal(before.ExpiresAt, after.ExpiresAt);
        Assert.Equal(before.CreatedAt, after.CreatedAt);
        Assert.Equal(bank.Time.GetUtcNow(), after.SecondFactorAt);
        Assert.Equal(1, after.KeyNumber);
        Assert.Equal("1", (await browser.ClaimsAsync())[BankClaims.KeyNumber].Single());
        Assert.Equal([(before.SessionId, 1L)], told);
    }

    [Theory, EveryEngine]
    public async Task RenewSession_AgainAndAgain_LeavesOneKeyAlive(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, browser) = await SignedInAsync(bank);
        var copies = new List<TestBrowser>();
        for (var i = 0; i < 3; i++)
        {
            copies.Add(browser.Copy());
            Assert.True(await RenewAsync(bank, browser, user));
        }

        foreach (var copy in copies)
        {
            Assert.Null(await copy.SessionIdAsync());
        }

        Assert.NotNull(await browser.SessionIdAsync());
        Assert.Null(Assert.Single(await bank.Sessions.ListAsync(user.Id)).SecondFactorAt);
    }

    [Theory, EveryEngine]
    public async Task RenewSession_WithTheSameKeyAtTheSameMoment_GivesOneNewKey(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, browser) = await SignedInAsync(bank);
        var copies = new[] { browser, browser.Copy(), browser.Copy() };

        var renewed = await Task.WhenAll(copies.Select(copy => RenewAsync(bank, copy, user, proven: true)));

        Assert.Single(renewed, done => done);
        foreach (var (copy, done) in copies.Zip(renewed))
        {
            Assert.Equal(done, await copy.SessionIdAsync() is not null);
        }
    }

    [Fact]
    public async Task RenewSession_SessionEndedMeanwhile_RevivesNothing()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (user, browser) = await SignedInAsync(bank);

        var renewed = await browser.RequestAsync(async (_, signIn) =>
        {
            await bank.Sessions.EndAllAsync(user.Id);
            return await signIn.RenewSessionAsync(await bank.ReloadAsync(user), proven: true);
        });

        Assert.False(renewed);
        Assert.Empty(await bank.ScanAsync(IdentityTables.Sessions));
    }

    [Fact]
    public async Task RenewSession_OfAnotherPerson_IsRefused()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (_, browser) = await SignedInAsync(bank);
        var bob = await bank.AddUserAsync("bob@example.org");

        Assert.False(await RenewAsync(bank, browser, bob));
        Assert.False(await RenewAsync(bank, new TestBrowser(bank.Services), bob));
    }

    [Fact]
    public async Task RenewSession_SecondFactor_MakesSessionAndDeviceKnownForIt()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (user, browser) = await SignedInAsync(bank);

        await browser.RequestAsync(async (_, signIn) =>
            await signIn.RenewSessionAsync(await bank.ReloadAsync(user), proven: true, secondFactor: true));

        Assert.Equal(BankClaims.MultiFactor, (await browser.ClaimsAsync())[BankClaims.AuthenticationMethod].Single());
        Assert.Contains(KnownDevices.NameFor(user.Id), browser.Cookies.Keys);
    }

    [Theory, EveryEngine]
    public async Task RenewSession_AfterACredentialChange_KeepsTheSessionUnderTheNewStamp(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, browser) = await SignedInAsync(bank);

        await browser.RequestAsync(async (_, signIn) =>
        {
            var stored = await bank.ReloadAsync(user);
            Assert.True((await bank.Users().ChangePasswordAsync(stored, IdentityBank.Password, "Another9horse-map")).Succeeded);
            return await signIn.RenewSessionAsync(stored);
        });

        var session = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        Assert.Equal((await bank.ReloadAsync(user)).SecurityStamp, session.SecurityStamp);
        bank.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(session.SessionId, await browser.SessionIdAsync());
    }

    [Theory, EveryEngine]
    public async Task RenewAsync_WithAnOldKey_ChangesNothing(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, browser) = await SignedInAsync(bank);
        var store = bank.Get<ITicketStore>();
        var oldKey = await KeyOfAsync(browser);
        await RenewAsync(bank, browser, user);

        // As the framework does when it refreshes a ticket whose request began before the key was renewed.
        var ticket = await store.RetrieveAsync(await KeyOfAsync(browser));
        ((ClaimsIdentity)ticket!.Principal.Identity!).AddClaim(new Claim("planted", "yes"));
        await store.RenewAsync(oldKey, ticket);

        Assert.Null(await store.RetrieveAsync(oldKey));
        Assert.Empty((await browser.ClaimsAsync())["planted"]);
    }

    [Fact]
    public async Task Cookie_TicketRefreshed_IsNotSentAgain()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (user, browser) = await SignedInAsync(bank);

        var sent = await browser.RequestAsync(async (context, signIn) =>
        {
            await signIn.RefreshSignInAsync(await bank.ReloadAsync(user));
            return context.Response.Headers.SetCookie.Count;
        });

        Assert.Equal(0, sent);
    }

    private static async Task<(BankUser User, TestBrowser Browser)> SignedInAsync(IdentityBank bank)
    {
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password, created => created.Roles.Add(BankRoles.Customer));
        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        return (user, browser);
    }

    private static Task<bool> RenewAsync(IdentityBank bank, TestBrowser browser, BankUser user, bool proven = false) =>
        browser.RequestAsync(async (_, signIn) => await signIn.RenewSessionAsync(await bank.ReloadAsync(user), proven));

    /// <summary>The key in the browser's cookie.</summary>
    private static Task<string> KeyOfAsync(TestBrowser browser) => browser.RequestAsync((context, _) =>
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme);
        AuthenticationTicket ticket = options.TicketDataFormat.Unprotect(context.Request.Cookies[options.Cookie.Name!])!;
        return Task.FromResult(ticket.Principal.Claims.Single().Value);
    });
}
