using System.Buffers.Binary;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>Signing in through the real managers and cookie handlers.</summary>
[EngineTest]
public sealed class SignInTests
{
    private const string Ann = "ann@example.org";
    private const string Nobody = "nobody@example.org";
    private const string Wrong = "Wrong7password";

    [Theory, EveryEngine]
    public async Task Code_ThatConfirmedANewAuthenticator_IsUsed(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync("ann@example.org", IdentityBank.Password);
        var old = await bank.EnableTotpAsync(user);
        var users = bank.Users();
        var fresh = await bank.ReloadAsync(user);
        Assert.True(await users.VerifyTwoFactorTokenAsync(fresh, users.Options.Tokens.AuthenticatorTokenProvider, bank.Code(old)));

        // As the page does: the new key is stored once a code made with it was right; a code of the same moment with the old one does not
        // stand in its way.
        fresh.AuthenticatorKey = users.GenerateNewAuthenticatorKey();
        var secret = OneTimeCode.DecodeSecret(fresh.AuthenticatorKey)!;
        Assert.True(await users.VerifyTwoFactorTokenAsync(fresh, users.Options.Tokens.AuthenticatorTokenProvider, bank.Code(secret)));
        Assert.True((await users.UpdateSecurityStampAsync(fresh)).Succeeded);

        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync("ann@example.org", IdentityBank.Password)).RequiresTwoFactor);
        Assert.False((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
        bank.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.False((await browser.GiveCodeAsync(bank.Code(secret, -1))).Succeeded);
        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task PasswordSignIn_UnknownAddressAndWrongPassword_GiveTheSameAnswersAtTheSameCost(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Nobody, Wrong);
        bank.Time.Advance(TimeSpan.FromHours(2));
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        Assert.True((await browser.SignInAsync(Nobody, Wrong)) is { Succeeded: false, IsLockedOut: false });
        browser.Cookies.Clear();

        // The address nobody has was counted twice now; the first of them was long ago but has not been followed by a success.
        for (var attempt = 3; attempt <= 7; attempt++)
        {
            using var requests = bank.CountRequests();
            var result = await browser.SignInAsync(Nobody, Wrong);
            Assert.Equal(attempt >= 5, result.IsLockedOut);
            Assert.False(result.Succeeded);
            AssertSignInCost(requests.ByOperation, attempt);
        }

        for (var attempt = 1; attempt <= 7; attempt++)
        {
            using var requests = bank.CountRequests();
            var result = await browser.SignInAsync(Ann, Wrong);
            Assert.Equal(attempt >= 5, result.IsLockedOut);
            Assert.False(result.Succeeded);
            AssertSignInCost(requests.ByOperation, attempt);
        }
    }

    [Theory, EveryEngine]
    public async Task PasswordSignIn_TwentyWrongPasswordsAtOnce_AllCountAndLockForHalfAnHour(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new TestBrowser(bank.Services).SignInAsync(Ann, Wrong)));

        // Four were told "wrong", the fifth locked, fifteen were refused.
        Assert.Equal(4, results.Count(result => result is { Succeeded: false, IsLockedOut: false }));
        Assert.Equal(16, results.Count(result => result.IsLockedOut));
        Assert.Equal(bank.Time.GetUtcNow().AddMinutes(30), (await bank.ReloadAsync(user)).LockoutEnd);

        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        bank.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(1));
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        Assert.Empty(browser.Cookies);

        bank.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        Assert.Equal(0, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task PasswordSignIn_RightAfterFourWrong_SucceedsAndClears(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.False((await browser.SignInAsync(Ann, Wrong)).IsLockedOut);
            }

            Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
            var after = await bank.ReloadAsync(user);
            Assert.Equal(0, after.AccessFailedCount);
            Assert.Null(after.LockoutEnd);
        }
    }

    [Theory, EveryEngine]
    public async Task TwoFactor_WrongCodes_LockThoughThePasswordIsRightEveryTime(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var secret = await bank.EnableTotpAsync(user);
        var browser = new TestBrowser(bank.Services);

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
            var result = attempt % 2 == 0
                ? await browser.RequestAsync((_, signIn) => signIn.TwoFactorRecoveryCodeSignInAsync("AAAA-BBBB-CCCC"))
                : await browser.GiveCodeAsync("000000" == bank.Code(secret) ? "000001" : "000000");
            Assert.Equal(attempt == 5, result.IsLockedOut);
            Assert.False(result.Succeeded);
        }

        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).IsLockedOut);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
        Assert.Null(await browser.SessionIdAsync());
    }

    [Theory, EveryEngine]
    public async Task TwoFactor_RightCode_SignsInOnceAndSaysSo(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password, created => created.Roles.Add(BankRoles.Customer));
        var secret = await bank.EnableTotpAsync(user);
        var browser = new TestBrowser(bank.Services);
        var other = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        Assert.True((await other.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        Assert.Null(await browser.SessionIdAsync());

        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
        Assert.False((await other.GiveCodeAsync(bank.Code(secret))).Succeeded);

        var claims = await browser.ClaimsAsync();
        Assert.Equal(BankClaims.MultiFactor, claims[BankClaims.AuthenticationMethod].Single());
        Assert.Equal(user.Id, claims[ClaimTypes.NameIdentifier].Single());
        Assert.Equal("Ann Example", claims[BankClaims.FullName].Single());
        Assert.Equal(BankRoles.Customer, claims[ClaimTypes.Role].Single());
        var session = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        Assert.Equal(bank.Time.GetUtcNow(), session.SecondFactorAt);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task TwoFactor_RecoveryCode_SignsInOnce(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        await bank.EnableTotpAsync(user);
        var codes = (await bank.Users().GenerateNewTwoFactorRecoveryCodesAsync(await bank.ReloadAsync(user), 10))!.ToList();

        var browser = new TestBrowser(bank.Services);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        Assert.True((await browser.RequestAsync((_, signIn) => signIn.TwoFactorRecoveryCodeSignInAsync(codes[3]))).Succeeded);
        Assert.NotNull(await browser.SessionIdAsync());

        var again = new TestBrowser(bank.Services);
        Assert.True((await again.SignInAsync(Ann, IdentityBank.Password)).RequiresTwoFactor);
        Assert.False((await again.RequestAsync((_, signIn) => signIn.TwoFactorRecoveryCodeSignInAsync(codes[3]))).Succeeded);
    }

    [Fact]
    public async Task PasswordSignIn_AddressNotConfirmed_IsRevealedOnlyAfterTheRightPassword()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        await bank.AddUserAsync(Ann, IdentityBank.Password, user => user.EmailConfirmed = false);
        var browser = new TestBrowser(bank.Services);

        Assert.False((await browser.SignInAsync(Ann, Wrong)).IsNotAllowed);
        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).IsNotAllowed);
    }

    [Fact]
    public async Task PasswordSignIn_UserWithoutPassword_GetsTheSameAnswer()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann);
        var browser = new TestBrowser(bank.Services);

        Assert.Equal(SignInResult.Failed.ToString(), (await browser.SignInAsync(Ann, Wrong)).ToString());

        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
        var row = (await bank.ScanAsync(IdentityTables.Users)).Single(item => item["user_id"].S == user.Id);
        Assert.False(row.ContainsKey("expires_at"));
    }

    [Fact]
    public async Task PasswordSignIn_HashOfFewerIterations_IsMadeAnewWithoutEndingSessions()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var weak = new PasswordHasher<BankUser>(
            Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = 1000 })
        );
        var user = await bank.AddUserAsync(Ann, change: created =>
            created.PasswordHash = weak.HashPassword(created, IdentityBank.Password)
        );
        var stamp = (await bank.ReloadAsync(user)).SecurityStamp;
        Assert.Equal(1000u, IterationsOf(user.PasswordHash!));

        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).Succeeded);

        var after = await bank.ReloadAsync(user);
        Assert.Equal(210_000u, IterationsOf(after.PasswordHash!));
        Assert.Equal(2u, BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(after.PasswordHash!).AsSpan(1)));
        Assert.Equal(stamp, after.SecurityStamp);
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task SignIn_AgainWithAPassword_StartsANewSessionAndEndsTheOld(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var ann = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var bob = await bank.AddUserAsync("bob@example.org", IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Ann, IdentityBank.Password);
        var first = await browser.SessionIdAsync();
        var planted = new TestBrowser(bank.Services);
        foreach (var (name, value) in browser.Cookies)
        {
            planted.Cookies[name] = value;
        }

        Assert.True((await browser.SignInAsync(Ann, IdentityBank.Password)).Succeeded);
        var second = await browser.SessionIdAsync();
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Assert.Single(await bank.Sessions.ListAsync(ann.Id)).SessionId);

        Assert.True((await browser.SignInAsync("bob@example.org", IdentityBank.Password)).Succeeded);
        Assert.Equal(bob.Id, (await browser.ClaimsAsync())[ClaimTypes.NameIdentifier].Single());
        Assert.Empty(await bank.Sessions.ListAsync(ann.Id));
        Assert.Single(await bank.Sessions.ListAsync(bob.Id));
        Assert.Null(await planted.SessionIdAsync());
    }

    [Fact]
    public async Task RefreshSignIn_SamePerson_KeepsTheSessionAndItsEnd()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Ann, IdentityBank.Password);
        var before = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        bank.Time.Advance(TimeSpan.FromMinutes(3));

        await browser.RequestAsync(async (_, signIn) =>
        {
            var fresh = (await signIn.UserManager.FindByIdAsync(user.Id))!;
            fresh.FullName = "Ann Renamed";
            Assert.True((await signIn.UserManager.UpdateAsync(fresh)).Succeeded);
            await signIn.RefreshSignInAsync(fresh);
            return true;
        });

        var after = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        Assert.Equal(before.SessionId, after.SessionId);
        Assert.Equal(before.ExpiresAt, after.ExpiresAt);
        Assert.Equal("Ann Renamed", (await browser.ClaimsAsync())[BankClaims.FullName].Single());
    }

    [Fact]
    public async Task SignOut_EndsTheSessionForEveryCopyOfTheCookie()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Ann, IdentityBank.Password);
        Assert.All(browser.Cookies.Keys, name => Assert.StartsWith("__Host-", name, StringComparison.Ordinal));
        var copy = new TestBrowser(bank.Services);
        foreach (var (name, value) in browser.Cookies)
        {
            copy.Cookies[name] = value;
        }

        await browser.RequestAsync(async (_, signIn) =>
        {
            await signIn.SignOutAsync();
            return true;
        });

        // The browser stays a known one; that opens nothing.
        Assert.Equal([KnownDevices.NameFor(user.Id)], browser.Cookies.Keys);
        Assert.Null(await copy.SessionIdAsync());
        Assert.Empty(await bank.Sessions.ListAsync(user.Id));
    }

    [Fact]
    public async Task Cookie_AsSet_IsSecureHttpOnlyAndBoundToTheHost()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        await bank.AddUserAsync(Ann, IdentityBank.Password);

        var header = await new TestBrowser(bank.Services).RequestAsync(async (context, signIn) =>
        {
            Assert.True((await signIn.PasswordSignInByEmailAsync(Ann, IdentityBank.Password)).Succeeded);
            return context.Response.Headers.SetCookie.Single(value => value!.StartsWith("__Host-bankportal=", StringComparison.Ordinal))!;
        });

        Assert.Contains("path=/", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", header, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", header, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", header, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task CredentialsChanged_OtherBrowsersAreOutWithinAMinuteAndKeepTheirClaimsUntilThen()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var secret = await bank.EnableTotpAsync(user);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Ann, IdentityBank.Password);
        Assert.True((await browser.GiveCodeAsync(bank.Code(secret))).Succeeded);
        var session = await browser.SessionIdAsync();

        // Past the interval the stamp is compared and the principal made anew, with what only the session knows.
        bank.Time.Advance(TimeSpan.FromSeconds(61));
        var claims = await browser.ClaimsAsync();
        Assert.Equal(session, claims[BankClaims.SessionId].Single());
        Assert.Equal(BankClaims.MultiFactor, claims[BankClaims.AuthenticationMethod].Single());

        Assert.True((await bank.Users().UpdateSecurityStampAsync(await bank.ReloadAsync(user))).Succeeded);
        bank.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(await browser.SessionIdAsync());
    }

    [Fact]
    public async Task ResetPassword_ByToken_WorksOnceAndEndsEverySession()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(Ann, IdentityBank.Password);
        var token = await bank.Users().GeneratePasswordResetTokenAsync(await bank.ReloadAsync(user));

        Assert.False((await bank.Users().ResetPasswordAsync(await bank.ReloadAsync(user), token + "x", "Another9horse-map")).Succeeded);
        Assert.True((await bank.Users().ResetPasswordAsync(await bank.ReloadAsync(user), token, "Another9horse-map")).Succeeded);
        Assert.False((await bank.Users().ResetPasswordAsync(await bank.ReloadAsync(user), token, "Another8horse-map")).Succeeded);

        Assert.Null(await browser.SessionIdAsync());
        Assert.True((await browser.SignInAsync(Ann, "Another9horse-map")).Succeeded);
    }

    [Fact]
    public async Task ChangePassword_WrongCurrentOne_CountsAndLocks()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);

        for (var i = 0; i < 5; i++)
        {
            Assert.False((await bank.Users().ChangePasswordAsync(await bank.ReloadAsync(user), Wrong, "Another9horse-map")).Succeeded);
        }

        Assert.False(
            (await bank.Users().ChangePasswordAsync(await bank.ReloadAsync(user), IdentityBank.Password, "Another9horse-map")).Succeeded
        );
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)).IsLockedOut);
    }

    [Fact]
    public async Task CheckSecondFactor_BeforeASensitiveAction_CountsWrongCodes()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        Assert.True((await CheckAsync("123456")).IsNotAllowed);
        var secret = await bank.EnableTotpAsync(user);

        Assert.True((await CheckAsync(bank.Code(secret))).Succeeded);
        Assert.False((await CheckAsync(bank.Code(secret))).Succeeded);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);

        Task<SignInResult> CheckAsync(string code) => browser.RequestAsync(
            async (_, signIn) => await signIn.CheckSecondFactorAsync(await bank.ReloadAsync(user), code));
    }

    [Theory]
    [InlineData("short1A", "at least 8")]
    [InlineData("alllower1", "upper-case")]
    [InlineData("NoDigitsHere", "digit")]
    [InlineData("Password123", "is common")]
    [InlineData("Sunflower7", "easy to guess")]
    [InlineData("passwordpassword", "easy to guess")]
    [InlineData("mcmuffin mcmuffin", "Your name")]
    [InlineData("Example2026x", "your name")]
    [InlineData("xxMcMuffin1", "your name")]
    public async Task CreateAsync_WeakPassword_IsRefusedInOneSentence(string password, string words)
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);

        var result = await bank.Users().CreateAsync(new BankUser { Email = "mcmuffin@mail.test", FullName = "Ann Example" }, password);

        Assert.Contains(words, Assert.Single(result.Errors).Description, StringComparison.Ordinal);
        Assert.Empty(await bank.ScanAsync(IdentityTables.Users));
    }

    [Fact]
    public async Task CreateAsync_Passphrase_NeedsNoUpperCaseLetterAndNoDigit()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);

        await bank.AddUserAsync(Ann, "quiet harbour at night");

        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, "quiet harbour at night")).Succeeded);
    }

    [Theory, EveryEngine]
    public async Task FirstAdmin_ByConfirmedAddress_IsMadeOnce(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(
            kind, ("Identity:FirstAdmin:Email", "Boss@Example.org"), ("Identity:RequireConfirmedEmail", "false"));
        var boss = await bank.AddUserAsync("boss@example.org", IdentityBank.Password, user => user.EmailConfirmed = false);
        await bank.AddUserAsync(Ann, IdentityBank.Password);
        Assert.DoesNotContain(BankRoles.Admin, await RolesAfterSignInAsync("boss@example.org"));
        Assert.DoesNotContain(BankRoles.Admin, await RolesAfterSignInAsync(Ann));
        var fresh = await bank.ReloadAsync(boss);
        fresh.EmailConfirmed = true;
        await bank.Users().UpdateAsync(fresh);

        // A customer before: now staff, without a customer's rights, until the role is taken away again.
        fresh = await bank.ReloadAsync(boss);
        fresh.Roles.Add(BankRoles.Customer);
        await bank.Users().UpdateAsync(fresh);
        Assert.Equal([BankRoles.Admin], await RolesAfterSignInAsync("boss@example.org"));
        Assert.Contains(BankRoles.Customer, (await bank.ReloadAsync(boss)).Roles);

        Assert.True((await bank.Users().RemoveFromRoleAsync(await bank.ReloadAsync(boss), BankRoles.Admin)).Succeeded);
        Assert.Equal([BankRoles.Customer], await RolesAfterSignInAsync("boss@example.org"));

        async Task<IEnumerable<string>> RolesAfterSignInAsync(string email)
        {
            var browser = new TestBrowser(bank.Services);
            Assert.True((await browser.SignInAsync(email, IdentityBank.Password)).Succeeded);
            return (await browser.ClaimsAsync())[ClaimTypes.Role];
        }
    }

    [Theory, EveryEngine]
    public async Task FirstAdmin_SetupTokenPresentedBySeveralAtOnce_MakesOneAdministrator(EngineKind kind)
    {
        const string token = "a-long-one-time-setup-token";
        await using var bank = await IdentityBank.CreateAsync(kind, ("Identity:FirstAdmin:SetupToken", token));
        var everybody = new List<BankUser>();
        for (var i = 0; i < 4; i++)
        {
            everybody.Add(await bank.AddUserAsync($"user{i}@example.org"));
        }

        Assert.False(await bank.Get<FirstAdmin>().ClaimByTokenAsync(await bank.ReloadAsync(everybody[0]), "a-long-one-time-setup-token?"));
        var results = await Task.WhenAll(everybody.Select(async user =>
            await bank.Get<FirstAdmin>().ClaimByTokenAsync(await bank.ReloadAsync(user), token)));

        Assert.Single(results, made => made);
        Assert.Single(await bank.Users().GetUsersInRoleAsync(BankRoles.Admin));
        Assert.False(await bank.Get<FirstAdmin>().ClaimByTokenAsync(await bank.ReloadAsync(everybody[1]), token));
    }

    private static uint IterationsOf(string hash) => BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private static void AssertSignInCost(IReadOnlyDictionary<string, int> requests, int attempt)
    {
        // Two reads to find the person, one write to begin and one to count. The attempt that locks writes once more; one that is
        // refused writes nothing, because the rows read say so.
        var (reads, writes) = attempt switch { < 5 => (2, 2), 5 => (2, 3), _ => (2, 0) };
        Assert.Equal(reads, requests.GetValueOrDefault("GetItem"));
        Assert.Equal(writes, requests.GetValueOrDefault("UpdateItem"));
        Assert.Equal(reads + writes, requests.Values.Sum());
    }
}
