using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;

namespace BankPortal.Tests.Identity;

/// <summary>The module Identity on its own database, with a clock that the test moves.</summary>
internal sealed class IdentityBank : IAsyncDisposable
{
    public const string Password = "Correct7horse-map";

    private readonly DynamoFixture _fixture;
    private readonly ServiceProvider _services;

    private IdentityBank(DynamoFixture fixture, ServiceProvider services, ManualTime time)
    {
        _fixture = fixture;
        _services = services;
        Time = time;
    }

    public ManualTime Time { get; }

    public IServiceProvider Services => _services;

    public DynamoDatabase Database => _fixture.Database;

    public ISessionRegistry Sessions => _services.GetRequiredService<ISessionRegistry>();

    public static async Task<IdentityBank> CreateAsync(EngineKind kind, params (string Key, string Value)[] settings)
    {
        var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        // In the future, because DynamoDB Local removes what has expired by the real clock.
        var time = new ManualTime(new DateTimeOffset(2100, 3, 1, 9, 0, 0, TimeSpan.Zero));
        return new IdentityBank(fixture, BuildNode(fixture.Database, time, settings), time);
    }

    /// <summary>A bank whose services the test changes.</summary>
    public static async Task<IdentityBank> CreateAsync(EngineKind kind, Action<IServiceCollection> configure)
    {
        var fixture = await DynamoFixture.CreateAsync(kind, IdentityTables.All);
        var time = new ManualTime(new DateTimeOffset(2100, 3, 1, 9, 0, 0, TimeSpan.Zero));
        return new IdentityBank(fixture, BuildNode(fixture.Database, time, [], configure), time);
    }

    /// <summary>Another node on the same database and clock.</summary>
    public ServiceProvider AnotherNode() => BuildNode(Database, Time, []);

    /// <summary>A user manager of its own scope, as each request has one.</summary>
    public UserManager<BankUser> Users() => _services.CreateScope().ServiceProvider.GetRequiredService<UserManager<BankUser>>();

    public T Get<T>()
        where T : notnull => _services.CreateScope().ServiceProvider.GetRequiredService<T>();

    /// <summary>Stores a user; with a password only where the test needs one, because hashing takes its time.</summary>
    public async Task<BankUser> AddUserAsync(string email = "ann@example.org", string? password = null, Action<BankUser>? change = null)
    {
        var user = new BankUser { Email = email, FullName = "Ann Example", PhoneNumber = "+442079460000", EmailConfirmed = true };
        change?.Invoke(user);
        var result = password is null ? await Users().CreateAsync(user) : await Users().CreateAsync(user, password);
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.Select(e => e.Description)));
        return user;
    }

    /// <summary>Reads the user as it is stored now.</summary>
    public async Task<BankUser> ReloadAsync(BankUser user) =>
        await Users().FindByIdAsync(user.Id) ?? throw new InvalidOperationException("Gone.");

    /// <summary>Turns the second factor on and returns the secret.</summary>
    public async Task<byte[]> EnableTotpAsync(BankUser user)
    {
        var users = Users();
        var fresh = (await users.FindByIdAsync(user.Id))!;
        Assert.True((await users.ResetAuthenticatorKeyAsync(fresh)).Succeeded);
        Assert.True((await users.SetTwoFactorEnabledAsync(fresh, true)).Succeeded);
        return OneTimeCode.DecodeSecret(fresh.AuthenticatorKey!)!;
    }

    /// <summary>The code an authenticator shows, some steps away from now.</summary>
    public string Code(byte[] secret, int steps = 0) =>
        OneTimeCode.Compute(secret, OneTimeCode.StepAt(Time.GetUtcNow()) + steps).ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>Every row of a table as it is stored.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> ScanAsync(TableSpec table)
    {
        var page = await Database.Client.ScanAsync(new ScanRequest { TableName = Database.TableName(table), ConsistentRead = true });
        Assert.True(page.LastEvaluatedKey is null or { Count: 0 });
        return page.Items ?? [];
    }

    /// <summary>How many rows of the table of users begin with this.</summary>
    public async Task<int> CountRowsAsync(string prefix) =>
        (await ScanAsync(IdentityTables.Users)).Count(item => item["user_id"].S.StartsWith(prefix, StringComparison.Ordinal));

    public RequestCounter CountRequests() => _fixture.CountRequests();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    private static ServiceProvider BuildNode(
        DynamoDatabase database,
        TimeProvider time,
        (string Key, string Value)[] settings,
        Action<IServiceCollection>? configure = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(database);
        services.AddSingleton(time);
        services.AddIdentity();
        configure?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}
