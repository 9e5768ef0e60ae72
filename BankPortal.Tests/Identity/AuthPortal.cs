using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;

namespace BankPortal.Tests.Identity;

/// <summary>
/// The portal over a real engine, for the pages of signing in. One for all tests of a class: each uses addresses of its own.
/// </summary>
public sealed class AuthPortal : IAsyncLifetime
{
    /// <summary>A password that keeps the rules.</summary>
    public const string Password = "Quiet-Harbour-71";

    private DynamoFixture? _database;
    private PortalHost? _host;

    /// <summary>The messages the portal sent.</summary>
    public DevelopmentMailbox Mailbox => Host.Services.GetRequiredService<DevelopmentMailbox>();

    /// <summary>The portal.</summary>
    public PortalHost Host => _host ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An address nobody else uses.</summary>
    public static string NewEmail(string name = "ada") => $"{name}.{Guid.NewGuid():N}@example.org";

    /// <summary>A portal of its own beside this one, over the same database, with other settings.</summary>
    internal PortalHost With(Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings) =>
        new(Settings(settings), services);

    /// <summary>A new browser without cookies.</summary>
    internal AuthBrowser NewBrowser() => NewBrowser(Host);

    internal static AuthBrowser NewBrowser(PortalHost host) => new(host.CreateClient(new WebApplicationFactoryClientOptions
    {
        BaseAddress = new Uri("https://localhost"),
        AllowAutoRedirect = false,
        HandleCookies = true,
    }));

    /// <summary>A user who can sign in.</summary>
    public async Task<BankUser> CreateUserAsync(
        string email,
        string role = BankRoles.Customer,
        bool confirmed = true,
        string name = "Grace Hopper"
    )
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = new BankUser
        {
            UserName = email,
            Email = email,
            EmailConfirmed = confirmed,
            FullName = name,
            PhoneNumber = "+61412345678",
        };
        user.Roles.Add(role);
        var result = await users.CreateAsync(user, Password);
        Assert.True(result.Succeeded, string.Join("; ", result.Errors.Select(error => error.Description)));
        return user;
    }

    /// <summary>Turns the second factor on and gives its secret and recovery codes.</summary>
    public async Task<(string Secret, IReadOnlyList<string> RecoveryCodes)> EnrolAsync(string userId)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>();
        var user = await users.FindByIdAsync(userId);
        await users.ResetAuthenticatorKeyAsync(user!);
        Assert.True((await users.SetTwoFactorEnabledAsync(user!, true)).Succeeded);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(user!, 10);
        return ((await users.GetAuthenticatorKeyAsync(user!))!, [.. codes!]);
    }

    /// <summary>The user as stored now.</summary>
    public async Task<BankUser> LoadAsync(string email)
    {
        await using var scope = Host.Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<BankUser>>().FindByEmailAsync(email);
        Assert.NotNull(user);
        return user;
    }

    /// <summary>Waits for a message with this text in its subject, and returns path and query of the link in the newest one.</summary>
    public async Task<string> LinkAsync(string email, string subject)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        var message = await Mailbox.WaitForAsync(email, subject, limit.Token);
        var line = message.Body.Split('\n').Select(text => text.Trim()).First(text => text.StartsWith("http", StringComparison.Ordinal));
        return new Uri(line).PathAndQuery;
    }

    public async ValueTask InitializeAsync()
    {
        _database = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        _host = new PortalHost(Settings());
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private Dictionary<string, string> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Demo:Enabled"] = "false",
            ["SignIn:NeutralAnswerTime"] = "00:00:00",
            ["SignIn:FormsPerMinute"] = "100000",
        };
        foreach (var (key, value) in _database!.Settings)
        {
            settings[key] = value!;
        }

        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }
}
