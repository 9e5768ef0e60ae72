using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Dynamo;

[EngineTest]
public sealed class DatabaseStartupTests
{
    private static readonly TableSpec Things = new("Things", KeySpec.S("id")) { TtlAttribute = "expires_at" };
    private static readonly DynamoOptions Aws = new() { Mode = DynamoMode.Aws, Region = "eu-central-1" };

    [Fact]
    public async Task EnsureReadyAsync_AwsWithoutTables_RefusesAndCreatesNothing()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, ImmutableArray<TableSpec>.Empty);
        var schema = new SchemaManager(fixture.Database, [Things], durable: false, NullLogger<SchemaManager>.Instance);
        using var readiness = Readiness(fixture);
        using var startup = new DatabaseStartup(Aws, schema, readiness, null, NullLogger<DatabaseStartup>.Instance);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => startup.EnsureReadyAsync());

        Assert.Contains($"{fixture.Database.TableName(Things)} is missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("command create-tables", refusal.Message, StringComparison.Ordinal);
        Assert.Single(await schema.VerifyAsync());
        Assert.Equal(DynamoReadinessState.Starting, await readiness.CheckAsync());
    }

    [Fact]
    public async Task EnsureReadyAsync_AwsAfterCreateTables_IsReady()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, ImmutableArray<TableSpec>.Empty);
        var schema = new SchemaManager(fixture.Database, [Things], durable: false, NullLogger<SchemaManager>.Instance);
        using var readiness = Readiness(fixture);
        using var startup = new DatabaseStartup(Aws, schema, readiness, null, NullLogger<DatabaseStartup>.Instance);

        Assert.Equal(2, await startup.CreateTablesAsync());
        await startup.EnsureReadyAsync();

        Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());
        await schema.DeleteAsync();
    }

    [Fact]
    public async Task EnsureReadyAsync_CalledInParallel_PreparesOnce()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, ImmutableArray<TableSpec>.Empty);
        var schema = new SchemaManager(fixture.Database, [Things], durable: false, NullLogger<SchemaManager>.Instance);
        using var readiness = Readiness(fixture);
        using var startup = new DatabaseStartup(fixture.Options, schema, readiness, null, NullLogger<DatabaseStartup>.Instance);
        using var counter = fixture.CountRequests();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => startup.EnsureReadyAsync()));

        Assert.Equal(1, counter["CreateTable"]);
        Assert.Equal(1, counter["UpdateTimeToLive"]);
        await schema.DeleteAsync();
    }

    [Fact]
    public async Task EnsureReadyAsync_NobodyAtTheEndpoint_ExplainsAndTheNextCallTriesAgain()
    {
        var options = new DynamoOptions { Mode = DynamoMode.Endpoint, Endpoint = new Uri("http://127.0.0.1:1"), MaxRetries = 0 };
        var note = new Noting();
        using var client = DynamoClientFactory.Create(options, null, [note]);
        var database = new DynamoDatabase(client, "");
        using var readiness = new DynamoReadiness(database, [Things], null, TimeProvider.System, new ListLogger<DynamoReadiness>());
        using var startup = new DatabaseStartup(
            options,
            new SchemaManager(database, [Things], durable: false, NullLogger<SchemaManager>.Instance),
            readiness,
            null,
            NullLogger<DatabaseStartup>.Instance);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => startup.EnsureReadyAsync());
        await Assert.ThrowsAsync<DatabaseUnavailableException>(() => startup.EnsureReadyAsync());

        Assert.StartsWith("The database at http://127.0.0.1:1/ cannot be used", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, note.Requests.Count);
    }

    [Fact]
    public async Task CreateAsync_DurableTables_AskForEncryptionProtectionAndRecovery()
    {
        var note = new Noting();
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, ImmutableArray<TableSpec>.Empty, note);
        var schema = new SchemaManager(fixture.Database, [Things], durable: true, NullLogger<SchemaManager>.Instance);

        // Local engines know no recovery: the request is made and answered with an error, as it should never be in silence.
        await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => schema.CreateAsync());

        var create = Assert.Single(note.Requests.OfType<CreateTableRequest>());
        Assert.Equal(BillingMode.PAY_PER_REQUEST, create.BillingMode);
        Assert.Equal(SSEType.KMS, create.SSESpecification.SSEType);
        Assert.True(create.SSESpecification.Enabled);
        Assert.True(create.DeletionProtectionEnabled);
        Assert.Single(note.Requests.OfType<DescribeContinuousBackupsRequest>());
        await fixture.Database.Client.UpdateTableAsync(
            new UpdateTableRequest { TableName = fixture.Database.TableName(Things), DeletionProtectionEnabled = false });
        await fixture.Database.Client.DeleteTableAsync(fixture.Database.TableName(Things));
    }

    private static DynamoReadiness Readiness(DynamoFixture fixture) =>
        new(fixture.Database, [Things], null, TimeProvider.System, new ListLogger<DynamoReadiness>());

    private sealed class Noting : IRequestInterceptor
    {
        public List<Amazon.Runtime.AmazonWebServiceRequest> Requests { get; } = [];

        public Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
        {
            lock (Requests)
            {
                Requests.Add(request.Body);
            }

            return send();
        }
    }
}
