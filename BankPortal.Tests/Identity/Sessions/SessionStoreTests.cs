using BankPortal.Tests.Identity.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Tests.Identity.Sessions;

/// <summary>Sessions on the server: where they are kept, listed, ended, and end by themselves.</summary>
[EngineTest]
public sealed class SessionStoreTests
{
    [Theory, EveryEngine]
    public async Task StoreAsync_Ticket_ComesBackWithTheSessionsIdAndEnd(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<ITicketStore>();

        var key = await store.StoreAsync(Ticket("u1", BankRoles.Customer));
        var ticket = await store.RetrieveAsync(key);

        Assert.NotNull(ticket);
        Assert.Equal("u1", ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier));
        var session = Assert.Single(await bank.Sessions.ListAsync("u1"));
        Assert.Equal(session.SessionId, ticket.Principal.FindFirstValue(BankClaims.SessionId));
        Assert.Equal(bank.Time.GetUtcNow().AddHours(2), ticket.Properties.ExpiresUtc);
        Assert.Equal(TimeSpan.FromMinutes(5), session.IdleTimeout);
        Assert.Equal("stamp", session.SecurityStamp);
        Assert.Null(session.SecondFactorAt);

        // Neither the table nor the list of sessions holds what would let somebody in.
        Assert.DoesNotContain(session.SessionId, key, StringComparison.Ordinal);
        var secret = key[(key.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var texts = (await bank.ScanAsync(IdentityTables.Sessions)).SelectMany(row => row.Values).SelectMany(StoredText.Of);
        Assert.DoesNotContain(texts, text => text.Contains(secret, StringComparison.Ordinal));
        Assert.Null(await store.RetrieveAsync($"u1.{session.SessionId}"));
        Assert.Null(await store.RetrieveAsync($"u2.{secret}"));
        Assert.Null(await store.RetrieveAsync("nonsense"));
        Assert.Null(await store.RetrieveAsync("."));
    }

    [Theory, EveryEngine]
    public async Task Sessions_EndedOneByOneAndTogether_AreOverAndReported(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<ITicketStore>();
        var keys = new List<string>();
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            keys.Add(await store.StoreAsync(Ticket("u1")));
            ids.Add((await store.RetrieveAsync(keys[i]))!.Principal.FindFirstValue(BankClaims.SessionId)!);
        }

        var strangers = await store.StoreAsync(Ticket("u2"));
        var told = new List<(string Id, SessionEndReason Reason)>();
        bank.Sessions.SessionEnded += (_, e) => told.Add((e.SessionId, e.Reason));

        Assert.True(await bank.Sessions.EndAsync("u1", ids[0]));
        Assert.False(await bank.Sessions.EndAsync("u1", ids[0]));
        Assert.False(await bank.Sessions.EndAsync("u2", ids[1]));
        Assert.Null(await store.RetrieveAsync(keys[0]));
        Assert.False(await bank.Sessions.IsAliveAsync("u1", ids[0]));
        Assert.True(await bank.Sessions.IsAliveAsync("u1", ids[1]));

        Assert.Equal(2, await bank.Sessions.EndOthersAsync("u1", ids[3], SessionEndReason.SecurityChanged));
        Assert.Equal(ids[3], Assert.Single(await bank.Sessions.ListAsync("u1")).SessionId);
        await store.RemoveAsync(keys[3]);
        Assert.Empty(await bank.Sessions.ListAsync("u1"));
        Assert.NotNull(await store.RetrieveAsync(strangers));

        Assert.Contains((ids[0], SessionEndReason.Ended), told);
        Assert.Contains((ids[1], SessionEndReason.SecurityChanged), told);
        Assert.Contains((ids[2], SessionEndReason.SecurityChanged), told);
        Assert.Contains((ids[3], SessionEndReason.SignedOut), told);
        Assert.Equal(1, await bank.Sessions.EndAllAsync("u2"));
    }

    [Theory, EveryEngine]
    public async Task Session_NotUsed_EndsAfterTheIdleLimitAndUsedAfterTheLifetime(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind, ("Sessions:TouchInterval", "00:01:00"));
        var store = bank.Get<ITicketStore>();
        var key = await store.StoreAsync(Ticket("u1", BankRoles.Customer));
        var staffKey = await store.StoreAsync(Ticket("s1", BankRoles.Analyst));
        var start = bank.Time.GetUtcNow();

        // The store grants one minute more than the limit: uses are written down at most every minute.
        bank.Time.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromTicks(1));
        Assert.NotNull(await store.RetrieveAsync(key));
        while (bank.Time.GetUtcNow() - start < TimeSpan.FromMinutes(115))
        {
            bank.Time.Advance(TimeSpan.FromMinutes(5));
            Assert.NotNull(await store.RetrieveAsync(key));
        }

        bank.Time.Advance(start.AddHours(2) - bank.Time.GetUtcNow());
        Assert.Null(await store.RetrieveAsync(key));
        Assert.Empty(await bank.Sessions.ListAsync("u1"));
        Assert.Null(await store.RetrieveAsync(staffKey));

        key = await store.StoreAsync(Ticket("u1", BankRoles.Customer));
        staffKey = await store.StoreAsync(Ticket("s1", BankRoles.Analyst));
        bank.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await store.RetrieveAsync(key));
        var staff = await store.RetrieveAsync(staffKey);
        Assert.Equal(bank.Time.GetUtcNow().AddMinutes(-6).AddHours(10), staff!.Properties.ExpiresUtc);
    }

    [Theory, EveryEngine]
    public async Task TouchAsync_Often_WritesAtMostOnceAMinuteAndRevivesNothing(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind, ("Sessions:TouchInterval", "00:01:00"));
        var store = bank.Get<ITicketStore>();
        var key = await store.StoreAsync(Ticket("u1"));
        var id = Assert.Single(await bank.Sessions.ListAsync("u1")).SessionId;

        var writes = 0;
        for (var second = 0; second < 180; second += 5)
        {
            bank.Time.Advance(TimeSpan.FromSeconds(5));
            using var requests = bank.CountRequests();
            await bank.Sessions.TouchAsync("u1", id);
            writes += requests["UpdateItem"];
        }

        Assert.Equal(3, writes);
        Assert.Equal(bank.Time.GetUtcNow(), (await bank.Sessions.FindAsync("u1", id))!.LastSeenAt);

        await bank.Sessions.EndAsync("u1", id);
        bank.Time.Advance(TimeSpan.FromMinutes(2));
        await bank.Sessions.TouchAsync("u1", id);
        await bank.Sessions.RecordSecondFactorAsync("u1", id);
        await store.RenewAsync(key, Ticket("u1"));
        await bank.Get<ISessionWatchStore>().StoreActivityAsync("u1", id, bank.Time.GetUtcNow());
        Assert.Empty(await bank.ScanAsync(IdentityTables.Sessions));
    }

    [Fact]
    public async Task RetrieveAsync_ForTheCircuitsOwnConnection_IsNoUse()
    {
        await using var bank = await IdentityBank.CreateAsync(EngineKind.Dynoxide);
        var user = await bank.AddUserAsync(password: IdentityBank.Password);
        var browser = new TestBrowser(bank.Services);
        await browser.SignInAsync(user.Email!, IdentityBank.Password);
        var start = bank.Time.GetUtcNow();
        bank.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.NotEmpty(await browser.ClaimsAsync("/_blazor/negotiate"));
        Assert.Equal(start, Assert.Single(await bank.Sessions.ListAsync(user.Id)).LastSeenAt);

        Assert.NotEmpty(await browser.ClaimsAsync("/account/dashboard"));
        var session = Assert.Single(await bank.Sessions.ListAsync(user.Id));
        Assert.Equal(bank.Time.GetUtcNow(), session.LastSeenAt);
        Assert.Equal("Firefox on Linux", session.Device);
        Assert.Equal("192.0.2.7", session.Address);
    }

    [Theory, EveryEngine]
    public async Task RenewAsync_SamePerson_ReplacesTheTicketAndKeepsTheEnd(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<ITicketStore>();
        var key = await store.StoreAsync(Ticket("u1", BankRoles.Customer));
        var before = Assert.Single(await bank.Sessions.ListAsync("u1"));
        bank.Time.Advance(TimeSpan.FromMinutes(1));

        var renewed = Ticket("u1", BankRoles.Customer, stamp: "stamp-2");
        ((ClaimsIdentity)renewed.Principal.Identity!).AddClaim(new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor));
        renewed.Properties.ExpiresUtc = bank.Time.GetUtcNow().AddDays(1);
        await store.RenewAsync(key, renewed);

        var after = (await bank.Sessions.FindAsync("u1", before.SessionId))!;
        Assert.Equal(before.ExpiresAt, after.ExpiresAt);
        Assert.Equal("stamp-2", after.SecurityStamp);
        Assert.Equal(bank.Time.GetUtcNow(), after.SecondFactorAt);
        var ticket = await store.RetrieveAsync(key);
        Assert.Equal(before.ExpiresAt, ticket!.Properties.ExpiresUtc);
        Assert.Equal(before.SessionId, ticket.Principal.FindAll(BankClaims.SessionId).Single().Value);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.RenewAsync(key, Ticket("u2")));
    }

    [Theory, EveryEngine]
    public async Task WatchStore_ManySessions_AreReadInBatches(EngineKind kind)
    {
        await using var bank = await IdentityBank.CreateAsync(kind);
        var store = bank.Get<ITicketStore>();
        var ann = await bank.AddUserAsync();
        var keys = new List<(string, string)> { ("u1", "gone") };
        for (var i = 0; i < 3; i++)
        {
            var key = await store.StoreAsync(Ticket(ann.Id));
            keys.Add((ann.Id, (await store.RetrieveAsync(key))!.Principal.FindFirstValue(BankClaims.SessionId)!));
        }

        var watch = bank.Get<ISessionWatchStore>();
        using var requests = bank.CountRequests();
        var found = await watch.FindManyAsync(keys);
        Assert.Equal(1, requests.Total);
        Assert.Equal(3, found.Count);
        var stamps = await watch.FindSecurityStampsAsync([ann.Id, "nobody"]);
        Assert.Equal(2, requests.Total);
        Assert.Equal((await bank.ReloadAsync(ann)).SecurityStamp, Assert.Single(stamps).Value);

        var (_, id) = keys[1];
        var at = bank.Time.GetUtcNow().AddSeconds(30);
        await watch.StoreActivityAsync(ann.Id, id, at);
        await watch.StoreActivityAsync(ann.Id, id, at.AddSeconds(-10));
        Assert.Equal(at, (await bank.Sessions.FindAsync(ann.Id, id))!.LastSeenAt);

        // Not used for long, but not ended: the caller may know better.
        bank.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(3, (await watch.FindManyAsync(keys)).Count);
        bank.Time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await watch.FindManyAsync(keys));
    }

    [Theory]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Chrome on Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
        "Edge on Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Safari on iPhone"
    )]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Mac")]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
        "Samsung Internet on Android"
    )]
    [InlineData("curl/8.5.0", "Unknown device")]
    [InlineData("<script>alert(1)</script>", "Unknown device")]
    [InlineData(null, "Unknown device")]
    public void Describe_UserAgent_NamesBrowserAndSystem(string? header, string expected) =>
        Assert.Equal(expected, UserAgent.Describe(header));

    private static AuthenticationTicket Ticket(string userId, string? role = null, string stamp = "stamp")
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId));
        identity.AddClaim(new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, stamp));
        if (role is not null)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, role));
        }

        return new AuthenticationTicket(new ClaimsPrincipal(identity), IdentityConstants.ApplicationScheme);
    }
}
