namespace BankPortal.Tests.Identity.SignIn;

/// <summary>The bank's own block on signing in: apart from the lock of wrong tries, at once, and past no way in.</summary>
[EngineTest]
public sealed class SignInBlockTests
{
    private const string Ann = "ann@example.org";

    [Theory, EveryEngine]
    public async Task Block_EndsEverySessionAndRefusesTheRightPassword(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var access = bank.Get<ICustomerAccess>();
        var (phone, laptop) = (new TestBrowser(bank.Services), new TestBrowser(bank.Services));
        await phone.SignInAsync(Ann, IdentityBank.Password);
        await laptop.SignInAsync(Ann, IdentityBank.Password);
        Assert.Equal(2, (await access.ListSessionsAsync(user.Id)).Count);

        Assert.True(await access.BlockAsync(user.Id));
        Assert.False(await access.BlockAsync(user.Id));

        Assert.Empty(await access.ListSessionsAsync(user.Id));
        Assert.Same(BankSignInResult.Blocked, await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password));
        Assert.Empty(await access.ListSessionsAsync(user.Id));
        var standing = (await access.FindAsync(user.Id))!;
        Assert.Equal((bank.Time.GetUtcNow(), true, null), (standing.BlockedAt, standing.IsBlocked, standing.LockedUntil));

        Assert.True(await access.UnblockAsync(user.Id));
        Assert.False(await access.UnblockAsync(user.Id));
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).Succeeded);
    }

    [Fact]
    public async Task Blocked_WrongPassword_IsAnsweredLikeAnyOther()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        await bank.Get<ICustomerAccess>().BlockAsync(user.Id);

        var result = await new TestBrowser(bank.Services).SignInAsync(Ann, "Wrong7password");

        Assert.True(result is { Succeeded: false, IsLockedOut: false, IsNotAllowed: false });
        Assert.NotSame(BankSignInResult.Blocked, result);
    }

    [Fact]
    public async Task Blocked_BetweenPasswordAndCode_IsRefused()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var secret = await bank.EnableTotpAsync(user);
        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);

        await bank.Get<ICustomerAccess>().BlockAsync(user.Id);

        Assert.Same(BankSignInResult.Blocked, await browser.GiveCodeAsync(bank.Code(secret)));
        Assert.Empty(await bank.Sessions.ListAsync(user.Id));
    }

    [Fact]
    public async Task Blocked_ResetLink_OpensNothing()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var before = await bank.Users().GeneratePasswordResetTokenAsync(await bank.ReloadAsync(user));
        await bank.Get<ICustomerAccess>().BlockAsync(user.Id);
        var since = await bank.Users().GeneratePasswordResetTokenAsync(await bank.ReloadAsync(user));

        foreach (var token in new[] { before, since })
        {
            Assert.False((await bank.Users().ResetPasswordAsync(await bank.ReloadAsync(user), token, "Another8password")).Succeeded);
        }

        await bank.Get<ICustomerAccess>().UnblockAsync(user.Id);
        Assert.False((await bank.Users().ResetPasswordAsync(await bank.ReloadAsync(user), before, "Another8password")).Succeeded);
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task Block_WhileTheUserIsChanged_IsNotLost(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann);
        var stale = await bank.ReloadAsync(user);
        await bank.Get<ICustomerAccess>().BlockAsync(user.Id);

        stale.FullName = "Ann Other";
        Assert.False((await bank.Users().UpdateAsync(stale)).Succeeded);
        var fresh = await bank.ReloadAsync(user);
        fresh.FullName = "Ann Other";
        Assert.True((await bank.Users().UpdateAsync(fresh)).Succeeded);

        Assert.NotNull((await bank.ReloadAsync(user)).BlockedAt);
    }

    [Fact]
    public async Task SignIn_ThatBeganBeforeTheBlock_CarriesAVoidStamp()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var before = (await bank.ReloadAsync(user)).SecurityStamp;

        await bank.Get<ICustomerAccess>().BlockAsync(user.Id);

        Assert.NotEqual(before, (await bank.ReloadAsync(user)).SecurityStamp);
    }

    [Theory]
    [InlineData("nobody"), InlineData("setup#first-admin"), InlineData("")]
    public async Task Block_WhoIsNobody_DoesNothing(string id)
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var access = bank.Get<ICustomerAccess>();

        Assert.Null(await access.FindAsync(id));
        if (id.Length > 0)
        {
            Assert.False(await access.BlockAsync(id));
            Assert.False(await access.UnblockAsync(id));
        }
    }
}
