using Amazon.DynamoDBv2;

namespace BankPortal.Tests.Dynamo;

/// <summary>A database of its own on a real engine: all tables, under a prefix nobody else has, dropped at the end.</summary>
/// <example><code>await using var fixture = await DynamoFixture.CreateAsync(kind);</code></example>
public sealed class DynamoFixture : IAsyncDisposable
{
    // Engines delete expired rows by the clock on the wall, at a moment of their own. A test whose clock stands in the past would
    // lose rows that have not expired for it.
    private static readonly ImmutableArray<TableSpec> AllWithoutExpiry = [.. BankTables.All.Select(t => t with { TtlAttribute = null })];

    private readonly IAmazonDynamoDB _client;

    private DynamoFixture(EngineKind kind, Uri endpoint, ImmutableArray<TableSpec> tables, IEnumerable<IRequestInterceptor> interceptors)
    {
        Kind = kind;
        Options = new DynamoOptions
        {
            Mode = DynamoMode.Endpoint,
            Endpoint = endpoint,
            TablePrefix = $"t{Guid.NewGuid():N}_",
            // A loaded build machine may leave an engine without a processor for a while.
            RequestTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        };
        _client = DynamoClientFactory.Create(Options, null, [new RequestCounting(), .. interceptors]);
        Database = new DynamoDatabase(_client, Options.TablePrefix);
        Schema = new SchemaManager(Database, tables, durable: false, NullLogger<SchemaManager>.Instance);
    }

    public EngineKind Kind { get; }

    /// <summary>Options that lead another client, or a whole portal, to this database.</summary>
    public DynamoOptions Options { get; }

    public DynamoDatabase Database { get; }

    public SchemaManager Schema { get; }

    /// <summary>The same as configuration settings, for a host under test.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        KeyValuePair.Create<string, string?>("Dynamo:Mode", nameof(DynamoMode.Endpoint)),
        KeyValuePair.Create<string, string?>("Dynamo:Endpoint", Options.Endpoint!.AbsoluteUri),
        KeyValuePair.Create<string, string?>("Dynamo:TablePrefix", Options.TablePrefix),
    ];

    /// <summary>
    /// Creates a database with all of the bank's tables, or skips the test with the reason where the engine is missing. Nothing
    /// expires in it.
    /// </summary>
    /// <param name="kind">The engine.</param>
    /// <param name="interceptors">What stands between the SDK's retries and the engine, outermost first.</param>
    public static Task<DynamoFixture> CreateAsync(EngineKind kind, params IRequestInterceptor[] interceptors) =>
        CreateAsync(kind, AllWithoutExpiry, interceptors);

    /// <summary>Creates a database with some tables, or skips the test with the reason where the engine is missing.</summary>
    public static async Task<DynamoFixture> CreateAsync(
        EngineKind kind, ImmutableArray<TableSpec> tables, params IRequestInterceptor[] interceptors)
    {
        var engine = await TestEngines.GetAsync(kind);
        Assert.SkipWhen(engine.Address is null, engine.MissingBecause ?? "");
        var fixture = new DynamoFixture(kind, engine.Address!, tables, interceptors);
        await fixture.Schema.CreateAsync();
        return fixture;
    }

    /// <summary>Counts the requests this test makes through <see cref="Database"/> until the counter is disposed.</summary>
    public RequestCounter CountRequests() => RequestCounter.Start();

    public async ValueTask DisposeAsync()
    {
        await Schema.DeleteAsync();
        _client.Dispose();
    }
}
