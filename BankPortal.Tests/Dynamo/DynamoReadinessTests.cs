using System.Net.Sockets;

namespace BankPortal.Tests.Dynamo;

[EngineTest]
public sealed class DynamoReadinessTests
{
    private static readonly TableSpec Things = new("Things", KeySpec.S("id"), KeySpec.N("seq"));
    private static readonly TableSpec Others = new("Others", KeySpec.S("id"));

    [Theory, EveryEngine]
    public async Task CheckAsync_AllTablesThere_IsReadyWithOneRequest(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [Things, Others]);
        using var readiness = Readiness(fixture, TimeProvider.System);

        using var counter = fixture.CountRequests();

        Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());
        Assert.Null(readiness.Reason);
        Assert.Equal(1, counter.Total);
    }

    [Theory, EveryEngine]
    public async Task CheckAsync_OneTableMissing_IsNotReady(EngineKind kind)
    {
        await using var fixture = await DynamoFixture.CreateAsync(kind, [Things]);
        using var readiness = Readiness(fixture, TimeProvider.System);

        Assert.Equal(DynamoReadinessState.NotReady, await readiness.CheckAsync());
        Assert.Contains("ResourceNotFound", readiness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_WithinASecond_AsksOnce()
    {
        var clock = new ManualTime();
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things, Others]);
        using var readiness = Readiness(fixture, clock);
        using var counter = fixture.CountRequests();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => readiness.CheckAsync()));
        clock.Advance(TimeSpan.FromMilliseconds(900));
        await readiness.CheckAsync();
        Assert.Equal(1, counter.Total);

        clock.Advance(TimeSpan.FromMilliseconds(200));
        await readiness.CheckAsync();
        Assert.Equal(2, counter.Total);
    }

    [Fact]
    public async Task CheckAsync_SilentDatabase_IsNotReadyInTime()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var client = DynamoClientFactory.Create(
            new DynamoOptions { Mode = DynamoMode.Endpoint, Endpoint = new Uri($"http://{silent.LocalEndpoint}") }, null, []);
        var log = new ListLogger<DynamoReadiness>();
        using var readiness = new DynamoReadiness(new DynamoDatabase(client, ""), [Things], null, TimeProvider.System, log);
        readiness.Started();

        // Well before the client's own patience (four tries of five seconds) would end.
        var state = await readiness.CheckAsync().WaitAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(DynamoReadinessState.NotReady, state);
        Assert.Equal("the tables do not answer in time", readiness.Reason);
        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task CheckAsync_NothingCanBeWritten_IsNotReadyUntilItCan()
    {
        var clock = new ManualTime();
        var full = new FullDisk();
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide, [Things, Others], full);
        using var readiness = Readiness(fixture, clock, Others);
        Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());

        full.IsFull = true;
        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(DynamoReadinessState.NotReady, await readiness.CheckAsync());
        Assert.StartsWith("nothing can be written", readiness.Reason, StringComparison.Ordinal);

        // Asked again at once, not in ten seconds.
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(DynamoReadinessState.NotReady, await readiness.CheckAsync());
        full.IsFull = false;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());
    }

    [Theory, EveryEngine]
    public async Task CheckAsync_Often_WritesOneRowNowAndThen(EngineKind kind)
    {
        var clock = new ManualTime();
        await using var fixture = await DynamoFixture.CreateAsync(kind, [Things, Others]);
        using var readiness = Readiness(fixture, clock, Others);
        using var counter = fixture.CountRequests();

        for (var second = 0; second < 25; second++)
        {
            Assert.Equal(DynamoReadinessState.Ready, await readiness.CheckAsync());
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(3, counter["PutItem"]);
        var rows = await fixture.Database.Client.ScanAsync(
            new Amazon.DynamoDBv2.Model.ScanRequest { TableName = fixture.Database.TableName(Others) });
        Assert.StartsWith("health#probe", Assert.Single(rows.Items)["id"].S, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_BeforeTheDatabaseWasMadeReady_IsStarting()
    {
        using var client = DynamoClientFactory.Create(
            new DynamoOptions { Mode = DynamoMode.Endpoint, Endpoint = new Uri("http://127.0.0.1:1") }, null, []);
        using var readiness = new DynamoReadiness(
            new DynamoDatabase(client, ""), [Things], null, TimeProvider.System, new ListLogger<DynamoReadiness>());

        Assert.Equal(DynamoReadinessState.Starting, await readiness.CheckAsync());
    }

    private static DynamoReadiness Readiness(DynamoFixture fixture, TimeProvider time, TableSpec? writeProbe = null)
    {
        var readiness = new DynamoReadiness(
            fixture.Database, [Things, Others], null, time, new ListLogger<DynamoReadiness>(), writeProbe);
        readiness.Started();
        return readiness;
    }
}
