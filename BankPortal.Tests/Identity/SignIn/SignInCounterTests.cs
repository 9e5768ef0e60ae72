using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>The counter of wrong attempts: it counts these and nothing else, exactly, whatever runs beside them.</summary>
[EngineTest]
public sealed class SignInCounterTests
{
    private const string Ann = "ann@example.org";
    private const string Wrong = "Wrong7password";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EveryEngine]
    public async Task PasswordSignIn_TwentyRightAtOnce_AllSucceedAndNothingStaysCounted(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);

        var results = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(_ => new TestBrowser(bank.Services).SignInAsync(Ann, IdentityBank.Password)));

        Assert.All(results, result => Assert.True(result.Succeeded, result.ToString()));
        var after = await bank.ReloadAsync(user);
        Assert.Equal(0, after.AccessFailedCount);
        Assert.Null(after.LockoutEnd);
        await AssertNothingOpenAsync(bank, user.Id);

        // So one wrong password is the first of five.
        Assert.False((await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong)).IsLockedOut);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task PasswordSignIn_RightBesideWrongOnTwoNodes_CountsExactlyTheWrongOnes(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        await using var other = bank.AnotherNode();
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        await bank.EnableTotpAsync(user);

        // A right password before the second factor clears nothing, so all four wrong ones stay counted.
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
            new TestBrowser(i % 2 == 0 ? bank.Services : other).SignInAsync(Ann, i % 6 == 0 ? Wrong : IdentityBank.Password)));

        Assert.DoesNotContain(results, result => result.IsLockedOut);
        Assert.Equal(20, results.Count(result => result.RequiresTwoFactor));
        Assert.Equal(4, (await bank.ReloadAsync(user)).AccessFailedCount);
        await AssertNothingOpenAsync(bank, user.Id);
    }

    [Theory, EveryEngine]
    public async Task Success_BesideWrongAttempts_ClearsWhatWasWrongBeforeItBeganAndNothingElse(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, store) = (await bank.AddUserAsync(), bank.Get<DynamoUserStore>());
        await FailAsync(store, user);
        await FailAsync(store, user);

        await using var first = await BeginAsync(store, user);
        await FailAsync(store, user);
        await using var second = await BeginAsync(store, user);

        await store.SucceedAttemptAsync(user, first, clear: true);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
        await FailAsync(store, await bank.ReloadAsync(user));

        // The second began after the third wrong one: it clears that too, and not the fourth.
        await store.SucceedAttemptAsync(user, second, clear: true);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task Success_EndingAfterALaterOne_ClearsNothingTwice(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, store) = (await bank.AddUserAsync(), bank.Get<DynamoUserStore>());
        await FailAsync(store, user);
        await using var early = await BeginAsync(store, user);
        await FailAsync(store, user);
        await using var late = await BeginAsync(store, user);

        await store.SucceedAttemptAsync(user, late, clear: true);
        await FailAsync(store, await bank.ReloadAsync(user));
        await store.SucceedAttemptAsync(user, early, clear: true);

        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task Attempts_AsManyUnderWayAsAreLeft_MakeOthersWaitForTheirOutcome(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, store) = (await bank.AddUserAsync(), bank.Get<DynamoUserStore>());
        await FailAsync(store, user);
        var open = new List<SignInAttempt>();
        for (var i = 0; i < 4; i++)
        {
            open.Add(await BeginAsync(store, user));
        }

        var waiting = BeginAsync(store, await bank.ReloadAsync(user));
        await store.SucceedAttemptAsync(user, open[0], clear: false);
        await open[0].DisposeAsync();
        await using (var next = await waiting)
        {
            Assert.True(next.IsAllowed);
        }

        // Wrong ones up to the limit: one more has a place, and whoever waits then is refused.
        var late = Enumerable.Range(0, 3).Select(async _ =>
        {
            var copy = await bank.ReloadAsync(user);
            await using var attempt = await BeginAsync(store, copy);
            await store.FailAttemptAsync(copy, attempt);
            return attempt.IsAllowed;
        }).ToList();
        foreach (var attempt in open.Skip(1))
        {
            await store.FailAttemptAsync(user, attempt);
            await attempt.DisposeAsync();
        }

        Assert.Single(await Task.WhenAll(late), isAllowed => isAllowed);
        Assert.Equal(bank.Time.GetUtcNow().AddMinutes(30), (await bank.ReloadAsync(user)).LockoutEnd);
        Assert.False((await BeginAsync(store, await bank.ReloadAsync(user))).IsAllowed);
        await AssertNothingOpenAsync(bank, user.Id);
    }

    [Theory, EveryEngine]
    public async Task Attempt_ThatDies_IsGivenBack(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync(Ann, change: created => created.PasswordHash = "no hash!");

        for (var i = 0; i < 10; i++)
        {
            await Assert.ThrowsAsync<FormatException>(() => new TestBrowser(bank.Services).SignInAsync(Ann, Wrong));
        }

        var after = await bank.ReloadAsync(user);
        Assert.Equal(0, after.AccessFailedCount);
        Assert.Null(after.LockoutEnd);
        await AssertNothingOpenAsync(bank, user.Id);
    }

    [Theory, EveryEngine]
    public async Task Attempt_OfAProcessThatDied_LosesItsPlaceAfterAMinuteAndCannotSucceedLater(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var user = await bank.AddUserAsync();
        await using var dead = bank.AnotherNode();
        var store = dead.CreateScope().ServiceProvider.GetRequiredService<DynamoUserStore>();
        var lost = new List<SignInAttempt>();
        for (var i = 0; i < 5; i++)
        {
            lost.Add(await BeginAsync(store, user));
        }

        bank.Time.Advance(TimeSpan.FromMinutes(1));
        await using (var next = await BeginAsync(bank.Get<DynamoUserStore>(), await bank.ReloadAsync(user)))
        {
            Assert.True(next.IsAllowed);
        }

        await Assert.ThrowsAsync<SignInBusyException>(() => store.SucceedAttemptAsync(user, lost[0], clear: true));
        await store.FailAttemptAsync(user, lost[1]);
        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task ResetAccessFailedCount_BesideAttempts_KeepsTheCountRight(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var (user, store) = (await bank.AddUserAsync(), bank.Get<DynamoUserStore>());
        await FailAsync(store, user);
        await FailAsync(store, user);
        await using var right = await BeginAsync(store, user);

        await store.ResetAccessFailedCountAsync(user, Ct);
        await FailAsync(store, await bank.ReloadAsync(user));
        await store.SucceedAttemptAsync(user, right, clear: true);

        Assert.Equal(1, (await bank.ReloadAsync(user)).AccessFailedCount);
    }

    [Theory, EveryEngine]
    public async Task IdentityOptionsLockout_SetByTheHost_IsWhatCounts(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind, services => services.Configure<IdentityOptions>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = 2;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromHours(1);
        }));
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);

        Assert.False((await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong)).IsLockedOut);
        Assert.True((await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong)).IsLockedOut);

        Assert.Equal(bank.Time.GetUtcNow().AddHours(1), (await bank.ReloadAsync(user)).LockoutEnd);
    }

    [Fact]
    public async Task IdentityOptionsLockout_OffForNewUsers_LocksNobodyNew()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide, services =>
            services.Configure<IdentityOptions>(identity => identity.Lockout.AllowedForNewUsers = false));
        var user = await bank.AddUserAsync(Ann, IdentityBank.Password);
        for (var i = 0; i < 6; i++)
        {
            Assert.False((await new TestBrowser(bank.Services).SignInAsync(Ann, Wrong)).IsLockedOut);
        }

        Assert.False((await bank.ReloadAsync(user)).LockoutEnabled);
    }

    private static Task<SignInAttempt> BeginAsync(DynamoUserStore store, BankUser user) =>
        store.BeginAttemptAsync(user, deviceRow: null, Ct);

    private static async Task FailAsync(DynamoUserStore store, BankUser user)
    {
        await using var attempt = await BeginAsync(store, user);
        await store.FailAttemptAsync(user, attempt);
    }

    private static async Task AssertNothingOpenAsync(IdentityBank bank, string rowId)
    {
        Dictionary<string, AttributeValue> row = (await bank.ScanAsync(IdentityTables.Users)).Single(item => item["user_id"].S == rowId);
        Assert.False(row.ContainsKey("attempts_open"));
    }
}
