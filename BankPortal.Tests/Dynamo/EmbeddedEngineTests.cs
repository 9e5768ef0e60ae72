using System.Diagnostics;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Tests.Dynamo;

public sealed class EmbeddedEngineTests : EmbeddedEngineTest
{
    private static readonly TableSpec Things = new("Things", KeySpec.S("id"));

    [Fact]
    public async Task StartAsync_NewFolder_CreatesTheFileForThisUserAlone()
    {
        var folder = Path.Combine(Folder, "new", "deep");
        await using var engine = Engine(folder);

        await engine.StartAsync();
        await WriteAsync(engine, "a");

        Assert.Equal(EmbeddedEngineState.Running, engine.State);
        Assert.True(File.Exists(Path.Combine(folder, "bankportal.db")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public async Task StartAsync_AfterDispose_FindsTheDataAgain()
    {
        await using (var first = Engine(Folder))
        {
            await first.StartAsync();
            await WriteAsync(first, "kept");
        }

        await using var second = Engine(Folder);
        await second.StartAsync();

        Assert.True(await HasAsync(second, "kept"));
    }

    [Fact]
    public async Task DisposeAsync_Running_EndsTheProcess()
    {
        var engine = Engine(Folder);
        await engine.StartAsync();
        var id = engine.ProcessId!.Value;
        Assert.True(IsAlive(id));

        await engine.DisposeAsync();

        Assert.False(IsAlive(id));
        Assert.Equal(EmbeddedEngineState.Stopped, engine.State);
    }

    [Fact]
    public async Task StartAsync_FileInUse_IsRefusedAndNamesTheHolder()
    {
        await using var first = Engine(Folder);
        await first.StartAsync();
        await using var second = Engine(Folder);

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => second.StartAsync());

        Assert.Contains($"Another portal (process {Environment.ProcessId}) is already using", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Folder, refusal.Message, StringComparison.Ordinal);
        await WriteAsync(first, "still working");
    }

    [Fact]
    public async Task StartAsync_TwoInMemory_DoNotDisturbEachOther()
    {
        await using var first = Engine(folder: null);
        await using var second = Engine(folder: null);

        await Task.WhenAll(first.StartAsync(), second.StartAsync());

        Assert.NotEqual(first.Port, second.Port);
        await WriteAsync(first, "a");
        await WriteAsync(second, "b");
        Assert.False(await HasAsync(second, "a"));
    }

    [Fact]
    public async Task Crash_Running_IsRestartedOnTheSameFileAndTheSameClientGoesOn()
    {
        await using var engine = Engine(Folder);
        await engine.StartAsync();
        using var client = Client(engine);
        await WriteAsync(engine, "before");
        var first = engine.ProcessId!.Value;

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        await UntilAsync(() => engine.State == EmbeddedEngineState.Running && engine.ProcessId is { } id && id != first);
        Assert.True(await HasAsync(engine, "before"));
        Assert.NotNull((await client.ListTablesAsync()).TableNames);
    }

    [Fact]
    public async Task Crash_AgainAndAgain_GivesUpLoudly()
    {
        var program = Path.Combine(Folder, "once.sh");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The failing engine is a shell script.");
        // An engine that works the first time and then never again.
        await File.WriteAllTextAsync(
            program,
            $"""
            #!/bin/sh
            if [ -e '{Folder}/started' ]; then echo 'disk on fire' >&2; exit 3; fi
            touch '{Folder}/started'
            exec '{EngineProgram.Find(null)}' "$@"
            """);
        var log = new ListLogger<EmbeddedEngine>();
        await using var engine = new EmbeddedEngine(
            new DynamoOptions { Mode = DynamoMode.Embedded, DataFolder = Folder, EnginePath = program }, log, TimeProvider.System);
        await engine.StartAsync();

        using (var process = Process.GetProcessById(engine.ProcessId!.Value))
        {
            process.Kill();
        }

        await UntilAsync(() => engine.State == EmbeddedEngineState.Failed);
        Assert.Contains(log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("disk on fire", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_ProgramThatFails_ReportsItsOutputAndFreesTheFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The failing engine is a shell script.");
        var program = Path.Combine(Folder, "bad.sh");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho 'no such format' >&2\nexit 4\n");
        await using var engine = new EmbeddedEngine(
            new DynamoOptions
            {
                Mode = DynamoMode.Embedded,
                DataFolder = Folder,
                EnginePath = program,
            },
            NullLogger<EmbeddedEngine>.Instance,
            TimeProvider.System
        );

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => engine.StartAsync());

        Assert.Contains("ended with code 4", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no such format", refusal.Message, StringComparison.Ordinal);
        await using var next = Engine(Folder);
        await next.StartAsync();
    }

    private static EmbeddedEngine Engine(string? folder) =>
        new(
            new DynamoOptions
            {
                Mode = DynamoMode.Embedded,
                DataFolder = folder,
                InMemory = folder is null,
            },
            NullLogger<EmbeddedEngine>.Instance,
            TimeProvider.System
        );

    private static Amazon.DynamoDBv2.IAmazonDynamoDB Client(EmbeddedEngine engine) =>
        DynamoClientFactory.Create(
            new DynamoOptions
            {
                Mode = DynamoMode.Embedded,
                RequestTimeout = TimeSpan.FromSeconds(30),
                ConnectTimeout = TimeSpan.FromSeconds(10),
            },
            () => engine.Port,
            []
        );

    private static async Task WriteAsync(EmbeddedEngine engine, string id)
    {
        using var client = Client(engine);
        var database = new DynamoDatabase(client, "");
        await new SchemaManager(database, [Things], durable: false, NullLogger<SchemaManager>.Instance).CreateAsync();
        await client.PutItemAsync(database.TableName(Things), new ItemWriter().Set("id", id).ToItem());
    }

    private static async Task<bool> HasAsync(EmbeddedEngine engine, string id)
    {
        using var client = Client(engine);
        var response = await client.GetItemAsync(new GetItemRequest
        {
            TableName = "Things",
            Key = new() { ["id"] = Attr.S(id) },
            ConsistentRead = true,
        });
        return response.IsItemSet;
    }
}
