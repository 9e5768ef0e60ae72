using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Dynamo;

[EngineTest]
public sealed class SchemaManagerTests
{
    private static readonly TableSpec Plain = new("Plain", KeySpec.S("id"));

    private static readonly TableSpec Rich = new("Rich", KeySpec.S("id"), KeySpec.N("seq"))
    {
        Indexes = [new IndexSpec("ByOwner", KeySpec.S("owner"), KeySpec.S("at"), ProjectionType.INCLUDE, "amount")],
        TtlAttribute = "expires_at",
    };

    private static readonly ImmutableArray<TableSpec> Both = [Plain, Rich];

    [Theory, EveryEngine]
    public async Task CreateAsync_Repeated_ChangesNothing(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, Both);

        Assert.Equal(0, await fixture.Schema.CreateAsync());
        Assert.Empty(await fixture.Schema.VerifyAsync());
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_TableWithEverything_MatchesItsDefinition(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, Both);
        var name = fixture.Database.TableName(Rich);

        var table = (await fixture.Database.Client.DescribeTableAsync(name)).Table;
        var expiry = (await fixture.Database.Client.DescribeTimeToLiveAsync(name)).TimeToLiveDescription;

        Assert.Equal(["id", "seq"], table.KeySchema.Select(k => k.AttributeName));
        Assert.Equal(BillingMode.PAY_PER_REQUEST, table.BillingModeSummary.BillingMode);
        var index = Assert.Single(table.GlobalSecondaryIndexes);
        Assert.Equal(["owner", "at"], index.KeySchema.Select(k => k.AttributeName));
        Assert.Equal(ProjectionType.INCLUDE, index.Projection.ProjectionType);
        Assert.Equal(["amount"], index.Projection.NonKeyAttributes);
        Assert.Equal("expires_at", expiry.AttributeName);
        Assert.Equal(TimeToLiveStatus.ENABLED, expiry.TimeToLiveStatus);
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_SeveralNodesAtOnce_AllSucceed(EngineKind kind)
    {
        // Some start with nothing, some with a table that lacks its index and expiry.
        var old = Rich with { Name = "Old", Indexes = [], TtlAttribute = null };
        var tables = Both.Add(Rich with { Name = "Old" });
        await using var fixture = await DynamoFixture.CreateAsync(kind, [old]);
        SchemaManager Node() => new(fixture.Database, tables, durable: false, NullLogger<SchemaManager>.Instance);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Node().CreateAsync()));

        Assert.Empty(await Node().VerifyAsync());
        await Node().DeleteAsync();
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_IndexAndExpiryAddedToDefinition_AddsThemAndIndexesWhatIsThere(EngineKind kind)
    {
        var before = Rich with { Indexes = [], TtlAttribute = null };
        await using var fixture = await DynamoFixture.CreateAsync(kind, [before]);
        var item = new ItemWriter()
            .Set("id", "a")
            .Set("seq", 1)
            .Set("owner", "o")
            .Set("at", "t")
            .Set("amount", 5)
            .Set("text", "x")
            .ToItem();
        await fixture.Database.Client.PutItemAsync(fixture.Database.TableName(Rich), item);
        var later = new SchemaManager(fixture.Database, [Rich], durable: false, NullLogger<SchemaManager>.Instance);

        Assert.Equal(
            ["does not expire items by expires_at", "has no index ByOwner"],
            (await later.VerifyAsync()).Select(d => d.Problem).Order(StringComparer.Ordinal));
        Assert.Equal(2, await later.CreateAsync());

        Assert.Empty(await later.VerifyAsync());
        var found = await fixture.Database.Client.QueryAsync(new QueryRequest
        {
            TableName = fixture.Database.TableName(Rich),
            IndexName = "ByOwner",
            KeyConditionExpression = "#o = :o",
            ExpressionAttributeNames = new() { ["#o"] = "owner" },
            ExpressionAttributeValues = new() { [":o"] = Attr.S("o") },
        });
        Assert.Equal(5, new ItemReader(Assert.Single(found.Items)).Long("amount"));
    }

    [Theory, EveryEngine]
    public async Task VerifyAsync_NothingThere_NamesEveryMissingTable(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, ImmutableArray<TableSpec>.Empty);
        var schema = new SchemaManager(fixture.Database, Both, durable: false, NullLogger<SchemaManager>.Instance);

        var differences = await schema.VerifyAsync();

        Assert.Equal(
            [fixture.Database.TableName(Plain), fixture.Database.TableName(Rich)], differences.Select(d => d.Table));
        Assert.All(differences, d => Assert.True(d is { Problem: "is missing", CanBeRepaired: true }));
    }

    [Theory, EveryEngine]
    public async Task CreateAsync_OtherKeysInDatabase_RefusesAndLeavesTheTable(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [Plain]);
        var changed = new SchemaManager(
            fixture.Database, [Plain with { SortKey = KeySpec.N("seq") }], durable: false, NullLogger<SchemaManager>.Instance);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => changed.CreateAsync());

        Assert.Contains("has the key (id S) where (id S, seq N) is defined", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.Schema.VerifyAsync());
    }

    [Fact]
    public async Task DeleteAsync_DurableTables_IsRefused()
    {
        using var client = DynamoClientFactory.Create(
            new DynamoOptions { Mode = DynamoMode.Endpoint, Endpoint = new Uri("http://localhost:1") }, null, []);
        var schema = new SchemaManager(new DynamoDatabase(client, ""), Both, durable: true, NullLogger<SchemaManager>.Instance);

        await Assert.ThrowsAsync<InvalidOperationException>(() => schema.DeleteAsync());
    }

    [Fact]
    public void All_TableAndIndexNames_AreUniqueAndShort()
    {
        Assert.Equal(BankTables.All.Length, BankTables.All.Select(t => t.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(BankTables.All, table =>
        {
            Assert.InRange(table.Name.Length, 3, 100);
            Assert.Equal(table.Indexes.Length, table.Indexes.Select(i => i.Name).Distinct(StringComparer.Ordinal).Count());
        });
    }
}
