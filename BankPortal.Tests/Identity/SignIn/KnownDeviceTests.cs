using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>Browsers in which a person has signed in before: a counter of their own, which strangers cannot lock.</summary>
[EngineTest]
public sealed class KnownDeviceTests
{
    private const string Ann = "ann@example.org";
    private const string Bob = "bob@example.org";
    private const string Wrong = "Wrong7password";

    [Theory, EveryEngine]
    public async Task SignIn_LockedByStrangers_WorksOnAKnownDeviceAlone(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, known) = await KnownAsync(bank, Ann);
        for (var i = 0; i < 5; i++)
        {
            await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong);
        }

        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);

        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        bank.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await known.GiveCodeAsync(bank.Code(secret))).Succeeded);
        Assert.NotNull(await known.SessionIdAsync());

        // The lock for everybody else stays, and so does what the owner is told of it.
        var stored = await bank.ReloadAsync(user);
        Assert.True(stored.LockoutEnd > bank.Time.GetUtcNow());
        Assert.Equal(stored.LockoutEnd, stored.TriesLockEnd);
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
    }

    [Theory, EveryEngine]
    public async Task KnownDevice_FiveWrongTries_LockItAndNobodyElse(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, secret, known) = await KnownAsync(bank, Ann);

        // Passwords and codes count together.
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var result = attempt % 2 == 1
                ? await known.SignInAsync(Ann, Wrong)
                : await GiveWrongCodeAsync(bank, known, secret);
            Assert.Equal(attempt == 5, result.IsLockedOut);
            Assert.False(result.Succeeded);
        }

        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        Assert.Equal(0, (await bank.ReloadAsync(user)).AccessFailedCount);
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);

        bank.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
    }

    [Fact]
    public async Task Cookie_OfAnotherPersonChangedOrOld_IsNoKnownDevice()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (ann, _, known) = await KnownAsync(bank, Ann);
        var bob = await bank.AddUserAsync(Bob, IdentityBank.Password);
        var value = known.Cookies[KnownDevices.NameFor(ann.Id)];

        var forged = new TestBrowser(bank.Services);
        forged.Cookies[KnownDevices.NameFor(bob.Id)] = value;
        await forged.SignInAsync(Bob, Wrong);
        Assert.Equal(1, (await bank.ReloadAsync(bob)).AccessFailedCount);

        var changed = new TestBrowser(bank.Services);
        changed.Cookies[KnownDevices.NameFor(ann.Id)] = value[..^2] + (value.EndsWith("AA", StringComparison.Ordinal) ? "BB" : "AA");
        await changed.SignInAsync(Ann, Wrong);
        Assert.Equal(1, (await bank.ReloadAsync(ann)).AccessFailedCount);

        await known.SignInAsync(Ann, Wrong);
        Assert.Equal(1, (await bank.ReloadAsync(ann)).AccessFailedCount);
        bank.Time.Advance(TimeSpan.FromDays(180));
        await known.SignInAsync(Ann, Wrong);
        Assert.Equal(2, (await bank.ReloadAsync(ann)).AccessFailedCount);
    }

    [Fact]
    public async Task KnownDevice_LockOfStaff_HoldsThereToo()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (user, _, known) = await KnownAsync(bank, Ann);

        Assert.True((await bank.Users().SetLockoutEndDateAsync(await bank.ReloadAsync(user), DateTimeOffset.MaxValue)).Succeeded);

        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
    }

    [Theory, EveryEngine]
    public async Task SignIn_WithoutASecondFactorLockedByStrangers_WorksWhereThePersonSignedInBefore(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var known = new TestBrowser(bank.Services);
        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        await SignOutAsync(known);

        for (var i = 0; i < 5; i++)
        {
            await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong);
        }

        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).Succeeded);

        // The device has its own five tries, and no more.
        await SignOutAsync(known);
        for (var i = 0; i < 5; i++)
        {
            await known.SignInAsync(Ann, Wrong);
        }

        Assert.True((await known.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        Assert.Equal(0, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Fact]
    public async Task SignIn_WrongPassword_MakesNoKnownDevice()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var secured = await bank.AddUserAsync(Bob, IdentityBank.Password);
        await bank.EnableTotpAsync(secured);
        var browser = new TestBrowser(bank.Services);

        await browser.SignInAsync(Ann, Wrong);
        Assert.True((await browser.SignInAsync(Bob, IdentityBank.Password)).RequiresTwoFactor);

        Assert.DoesNotContain(KnownDevices.NameFor(user.Id), browser.Cookies.Keys);
        Assert.DoesNotContain(KnownDevices.NameFor(secured.Id), browser.Cookies.Keys);
    }

    [Fact]
    public async Task KnownDevice_ByPasswordAlone_EndsWithAChangeOfCredentialsElsewhere()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var stolen = new TestBrowser(bank.Services);
        Assert.True((await stolen.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        await SignOutAsync(stolen);

        Assert.True((await bank.Users().ChangePasswordAsync(await bank.ReloadAsync(user), IdentityBank.Password, "Windy-Orchard-52")).Succeeded);

        // Whoever signed in with the old password gets no tries of their own at the new one.
        await stolen.SignInAsync(Ann, Wrong);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
        Assert.Equal(0, await bank.CountRowsAsync("device#"));
    }

    [Fact]
    public async Task KnownDevice_ByPasswordAlone_GoesOnWhereThePersonChangedThePassword()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        Assert.True((await bank.Users().ChangePasswordAsync(await bank.ReloadAsync(user), IdentityBank.Password, "Windy-Orchard-52")).Succeeded);
        var changed = await bank.ReloadAsync(user);

        Assert.True(await browser.RequestAsync((_, signIn) => signIn.RenewSessionAsync(changed)));
        await SignOutAsync(browser);
        await browser.SignInAsync(Ann, Wrong);

        Assert.Equal(0, (await bank.ReloadAsync(user)).AccessFailedCount);
        Assert.Equal(1, await bank.CountRowsAsync("device#"));
    }

    [Fact]
    public async Task KnownDevice_SharedByTwoPeople_IsKnownForBoth()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var (ann, _, browser) = await KnownAsync(bank, Ann);
        var (bob, _, _) = await KnownAsync(bank, Bob, browser);

        await browser.SignInAsync(Ann, Wrong);
        await browser.SignInAsync(Bob, Wrong);

        Assert.Equal(0, (await bank.ReloadAsync(ann)).AccessFailedCount);
        Assert.Equal(0, (await bank.ReloadAsync(bob)).AccessFailedCount);
        Assert.Equal(2, await bank.CountRowsAsync("device#"));
    }

    private static async Task<(BankUser User, byte[] Secret, TestBrowser Browser)> KnownAsync(
        IdentityBank bank, string email, TestBrowser? browser = null)
    {
        var user = await bank.AddUserAsync(email, IdentityBank.Password, created => created.Roles.Add(BankRoles.Customer));
        var secret = await bank.EnableTotpAsync(user);
        browser ??= new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(email, IdentityBank.Password)).RequiresTwoFactor);
        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
        await SignOutAsync(browser);
        return (user, secret, browser);
    }

    private static Task SignOutAsync(TestBrowser browser) => browser.RequestAsync(async (_, signIn) =>
    {
        await signIn.SignOutAsync();
        return true;
    });

    private static async Task<SignInResult> GiveWrongCodeAsync(IdentityBank bank, TestBrowser browser, byte[] secret)
    {
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        return await browser.GiveCodeAsync("000000" == bank.Code(secret) ? "000001" : "000000");
    }
}
