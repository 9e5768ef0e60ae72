using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Audit;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BankPortal.Tests.Identity.SignIn;

/// <summary>What signing in, and being refused, leaves in the audit store.</summary>
[EngineTest]
public sealed class SecurityEventPagesTests(AuthPortal portal) : IClassFixture<AuthPortal>
{
    private const string Wrong = "Unmistakable-Gooseberry-83";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_KnownPerson_FailuresAndSuccessAreRecordedWithDeviceAndHash()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);

        await LoginAsync(NewBrowser(), email, Wrong);
        await LoginAsync(NewBrowser(), "  " + email.ToUpperInvariant(), Wrong);
        await LoginAsync(NewBrowser(), email, AuthPortal.Password);

        var events = await EventsOfAsync(user.Id);

        // One row, or two when a second passed in between.
        var failures = events.Where(record => IsSignIn(record, SecurityEventOutcome.Failed)).ToList();
        Assert.Equal(2, failures.Sum(record => record.Count));
        var failed = failures[0];
        Assert.Equal("Firefox on Linux", failed.Event.Device);
        var success = Assert.Single(events, record => IsSignIn(record, SecurityEventOutcome.Succeeded));
        Assert.NotNull(success.Event.SessionId);
        Assert.Equal(failed.Event.TypedNameHash, success.Event.TypedNameHash);
        Assert.Equal(43, failed.Event.TypedNameHash!.Length);
        Assert.Single(events, record => record.Event.Kind == SecurityEventKind.NewDevice);
    }

    [Fact]
    public async Task Login_UnknownNameAndLock_AreRecordedByTheHashAlone()
    {
        var email = AuthPortal.NewEmail("unknown");
        for (var i = 0; i < 5; i++)
        {
            await LoginAsync(NewBrowser(), email, Wrong);
        }

        var hash = await portal.Host.Services.GetRequiredService<LookupHasher>().HashAsync(Ct, "audit.typed-name", email.ToUpperInvariant());
        var events = (await EventsAsync()).Where(record => record.Event.TypedNameHash == hash).ToList();
        Assert.Equal(4, events.Where(record => record.Event.Outcome == SecurityEventOutcome.Failed).Sum(record => record.Count));
        Assert.Equal(1, events.Where(record => record.Event.Outcome == SecurityEventOutcome.Locked).Sum(record => record.Count));
        Assert.All(events, record => Assert.Null(record.Event.UserId));
    }

    [Fact]
    public async Task Login_SecondDevice_IsRecordedOnce()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        await LoginAsync(NewBrowser(), email, AuthPortal.Password);
        await LoginAsync(NewBrowser(), email, AuthPortal.Password);
        Assert.Single(await NewDevicesAsync());

        await LoginAsync(NewBrowser("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"), email, AuthPortal.Password);

        Assert.Equal(["Chrome on Windows", "Firefox on Linux"], (await NewDevicesAsync()).Select(record => record.Event.Device));

        async Task<List<SecurityRecord>> NewDevicesAsync() =>
            [.. (await EventsOfAsync(user.Id)).Where(record => record.Event.Kind == SecurityEventKind.NewDevice)];
    }

    [Fact]
    public async Task SecondFactor_WrongAndRight_AreRecorded()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var (secret, _) = await portal.EnrolAsync(user.Id);
        var browser = NewBrowser();
        await LoginAsync(browser, email, AuthPortal.Password);
        await browser.FollowAsync();
        await browser.SendAsync(("Form.Code", "000000"));
        var step = OneTimeCode.StepAt(TimeProvider.System.GetUtcNow());
        await browser.SendAsync(
            ("Form.Code", OneTimeCode.Compute(OneTimeCode.DecodeSecret(secret)!, step).ToString("D6", CultureInfo.InvariantCulture)));

        var outcomes = (await EventsOfAsync(user.Id)).Select(record => (record.Event.Kind, record.Event.Outcome)).ToHashSet();
        Assert.Contains((SecurityEventKind.SignIn, SecurityEventOutcome.SecondFactorNeeded), outcomes);
        Assert.Contains((SecurityEventKind.SecondFactor, SecurityEventOutcome.Failed), outcomes);
        Assert.Contains((SecurityEventKind.SecondFactor, SecurityEventOutcome.Succeeded), outcomes);
        Assert.Contains((SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded), outcomes);
    }

    [Fact]
    public async Task StepUp_WrongPassword_IsRecorded()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var browser = NewBrowser();
        await LoginAsync(browser, email, AuthPortal.Password);
        await browser.GetAsync("/identity/verify");
        await browser.SendAsync(("Form.Secret", Wrong));

        Assert.Contains(
            await EventsOfAsync(user.Id),
            record => record.Event is { Kind: SecurityEventKind.StepUp, Outcome: SecurityEventOutcome.Failed, SessionId: not null });
    }

    [Fact]
    public async Task Page_OfAnotherRole_IsRecordedWithItsPattern()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var browser = NewBrowser();
        await LoginAsync(browser, email, AuthPortal.Password);
        await browser.GetAsync("/fraud/live?secret=typed");

        var refused = Assert.Single(await EventsOfAsync(user.Id), record => record.Event.Kind == SecurityEventKind.PageRefused);
        Assert.Equal((SecurityEventOutcome.Refused, "/fraud/live"), (refused.Event.Outcome, "/" + refused.Event.Detail!.TrimStart('/')));
    }

    [Fact]
    public async Task PasswordReset_AskedForAndUsed_IsRecorded()
    {
        var email = AuthPortal.NewEmail();
        var user = await portal.CreateUserAsync(email);
        var browser = await NewBrowser().GetAsync("/auth/forgot-password");
        await browser.SendAsync(("Form.Email", email));
        var link = await portal.LinkAsync(email, "password");
        await browser.GetAsync(link + "x");
        await browser.GetAsync(link);
        await browser.SendAsync(("Form.Password", "Brighter-Meadow-35"), ("Form.ConfirmPassword", "Brighter-Meadow-35"));

        var outcomes = (await EventsOfAsync(user.Id)).Select(record => (record.Event.Kind, record.Event.Outcome)).ToHashSet();
        Assert.Contains((SecurityEventKind.PasswordReset, SecurityEventOutcome.Failed), outcomes);
        Assert.Contains((SecurityEventKind.PasswordReset, SecurityEventOutcome.Succeeded), outcomes);
        Assert.Contains(await EventsAsync(), record => record.Event is
        {
            Kind: SecurityEventKind.PasswordReset,
            Outcome: SecurityEventOutcome.Requested,
            TypedNameHash: not null,
        });
    }

    [Fact]
    public async Task TooManyForms_AreCountedInAFewRowsAndAsAMetric()
    {
        using var strict = portal.With(settings: ("SignIn:FormsPerMinute", "1"));
        var browser = NewBrowser(host: strict);
        using var meter = new CounterOf(SecurityEventLog.MeterName, SecurityEventLog.EventCounter, strict.Services);
        var name = AuthPortal.NewEmail();
        for (var i = 0; i < 6; i++)
        {
            await LoginAsync(browser, name, Wrong);
        }

        Assert.Equal(5, meter.SumOf(("kind", "RateLimited"), ("outcome", "Refused")));
        Assert.Equal(1, meter.SumOf(("kind", "SignIn"), ("outcome", "Failed")));
        var limited = (await EventsAsync(strict)).Where(record => record.Event.Kind == SecurityEventKind.RateLimited).ToList();
        Assert.Equal(5, limited.Sum(record => record.Count));
        Assert.InRange(limited.Count, 1, 2);
        Assert.All(limited, record => Assert.EndsWith("auth/login", record.Event.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stored_Everything_HasNothingThatWasTyped()
    {
        var email = AuthPortal.NewEmail("gooseberry");
        await LoginAsync(NewBrowser(), email, Wrong);
        await LoginAsync(NewBrowser(), Wrong + "@example.org", "Something-else-1");
        await EventsAsync();

        var database = portal.Host.Services.GetRequiredService<DynamoDatabase>();
        var rows = await database.Client.ScanAsync(new ScanRequest { TableName = database.TableName(AuditTables.Records) }, Ct);
        Assert.NotEmpty(rows.Items);
        Assert.All(
            rows.Items.SelectMany(item => item.Values),
            value => Assert.DoesNotContain("gooseberry", value.S ?? "", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Login_StoreOfEventsIsDown_StillSignsIn()
    {
        var store = new InMemorySecurityEvents { IsDown = true };
        using var host = portal.With(services => services.Replace(ServiceDescriptor.Singleton<ISecurityEventStore>(store)));
        var email = AuthPortal.NewEmail();
        await portal.CreateUserAsync(email);

        var browser = await LoginAsync(NewBrowser(host: host), email, AuthPortal.Password);

        Assert.Equal(HttpStatusCode.Redirect, browser.Response.StatusCode);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Services.GetRequiredService<SecurityEventLog>().FlushAsync(ct: Ct));
        store.IsDown = false;
        await host.Services.GetRequiredService<SecurityEventLog>().FlushAsync(ct: Ct);
        Assert.Contains(store.Records, record => IsSignIn(record, SecurityEventOutcome.Succeeded));
    }

    private static bool IsSignIn(SecurityRecord record, SecurityEventOutcome outcome) =>
        record.Event.Kind == SecurityEventKind.SignIn && record.Event.Outcome == outcome;

    private static async Task<AuthBrowser> LoginAsync(AuthBrowser browser, string email, string password)
    {
        await browser.GetAsync("/auth/login");
        return await browser.SendAsync(("Form.Email", email), ("Form.Password", password));
    }

    private AuthBrowser NewBrowser(string device = Firefox, PortalHost? host = null)
    {
        var browser = AuthPortal.NewBrowser(host ?? portal.Host);
        browser.Http.DefaultRequestHeaders.UserAgent.ParseAdd(device);
        return browser;
    }

    private async Task<IReadOnlyList<SecurityRecord>> EventsAsync(PortalHost? host = null)
    {
        var services = (host ?? portal.Host).Services;
        await services.GetRequiredService<SecurityEventLog>().FlushAsync(all: true, Ct);
        var store = services.GetRequiredService<ISecurityEventStore>();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return [.. await store.ListDayAsync(today, 1000, ct: Ct), .. await store.ListDayAsync(today.AddDays(-1), 1000, ct: Ct)];
    }

    private async Task<IReadOnlyList<SecurityRecord>> EventsOfAsync(string userId)
    {
        await portal.Host.Services.GetRequiredService<SecurityEventLog>().FlushAsync(all: true, Ct);
        return await portal.Host.Services.GetRequiredService<ISecurityEventStore>().ListOfUserAsync(userId, 100, Ct);
    }
}
