using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>The cookie between password and code: good for one sign-in.</summary>
[EngineTest]
public sealed class HalfWaySignInTests
{
    private const string Ann = "ann@example.org";

    [Theory, EveryEngine]
    public async Task Cookie_OfACompletedSignIn_OpensNothingAgain(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, browser) = await HalfWayAsync(bank);
        var copy = browser.Copy();
        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);

        bank.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.False((await copy.GiveCodeAsync(bank.Code(secret))).Succeeded);

        Assert.Null(await copy.RequestAsync((_, signIn) => signIn.GetTwoFactorAuthenticationUserAsync()));
        Assert.Null(await copy.SessionIdAsync());
        Assert.Single(await bank.Sessions.ListAsync(user.Id));

        // The code was not even compared: it still works in a sign-in of its own.
        Assert.Equal(0, (await bank.ReloadAsync(user)).AccessFailedCount);
        Assert.True((await copy.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        Assert.True((await copy.GiveCodeAsync(bank.Code(secret))).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Cookie_UsedTwiceAtTheSameMoment_OpensOneSession(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, browser) = await HalfWayAsync(bank);
        var copies = new[] { browser, browser.Copy(), browser.Copy() };

        // Three codes, all valid now, so that only the cookie can stop two of them.
        var results = await Task.WhenAll(copies.Select((copy, i) => copy.GiveCodeAsync(bank.Code(secret, i - 1))));

        Assert.Single(results, result => result.Succeeded);
        Assert.Single(await bank.Sessions.ListAsync(user.Id));
    }

    [Fact]
    public async Task Cookie_FromBeforeAPasswordChange_IsWorthless()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (user, secret, browser) = await HalfWayAsync(bank);

        Assert.True((await bank.Users().UpdateSecurityStampAsync(await bank.ReloadAsync(user))).Succeeded);

        Assert.False((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
        Assert.Null(await browser.SessionIdAsync());
    }

    [Fact]
    public async Task Cookie_AfterAWrongCode_StillTakesTheRightOne()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (_, secret, browser) = await HalfWayAsync(bank);

        Assert.False((await browser.GiveCodeAsync("000000" == bank.Code(secret) ? "000001" : "000000")).Succeeded);
        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
    }

    [Fact]
    public async Task Cookie_UsedUpByAnotherRequest_IsRefusedAndReported()
    {
        var events = new InMemorySecurityEvents();
        await using var bank = await BankAsync(events);
        var (user, secret, browser) = await HalfWayAsync(bank);
        var copy = browser.Copy();

        var late = await copy.RequestAsync(async (context, signIn) =>
        {
            // Read while the cookie is still good; then the other request is faster.
            Assert.NotNull(await signIn.GetTwoFactorAuthenticationUserAsync());
            Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
            bank.Services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
            return await signIn.TwoFactorAuthenticatorSignInAsync(bank.Code(secret, 1), isPersistent: false, rememberClient: false);
        });

        Assert.False(late.Succeeded);
        Assert.Equal(
            [(SecurityEventOutcome.Succeeded, user.Id), (SecurityEventOutcome.Refused, user.Id)],
            events.Reported.Where(one => one.Kind == SecurityEventKind.SecondFactor).Select(one => (one.Outcome, one.UserId!)));
    }

    [Fact]
    public async Task Code_AddressNoLongerConfirmed_IsRefusedAndReported()
    {
        var events = new InMemorySecurityEvents();
        await using var bank = await BankAsync(events);
        var (user, secret, browser) = await HalfWayAsync(bank);
        var stored = await bank.ReloadAsync(user);
        stored.EmailConfirmed = false;
        Assert.True((await bank.Users().UpdateAsync(stored)).Succeeded);

        Assert.False((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);

        Assert.Null(await browser.SessionIdAsync());
        var report = Assert.Single(events.Reported, one => one.Kind == SecurityEventKind.SecondFactor);
        Assert.Equal((SecurityEventOutcome.NotConfirmed, user.Id), (report.Outcome, report.UserId));
    }

    private static Task<IdentityBank> BankAsync(InMemorySecurityEvents events) =>
        IdentityBank.CreateAsync(EngineKind.Dynoxide, services => services.Replace(ServiceDescriptor.Singleton<ISecurityEvents>(events)));

    private static async Task<(BankUser User, byte[] Secret, TestBrowser Browser)> HalfWayAsync(IdentityBank bank)
    {
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var secret = await bank.EnableTotpAsync(user);
        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        return (user, secret, browser);
    }
}
