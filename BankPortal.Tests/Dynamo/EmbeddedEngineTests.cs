using System.Diagnostics;
using Amazon.DynamoDBv2.Model;
using Microsoft.Extensions.Hosting;

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
    public async Task Crash_TenTimesWithinAMinute_IsRestartedEachTime()
    {
        // The clock moves by the pauses only.
        var time = new ManualTime();
        await using var engine = Engine(Folder, time);
        await engine.StartAsync();
        await WriteAsync(engine, "kept");

        for (var crash = 0; crash < 10; crash++)
        {
            await CrashAsync(engine);
            await RunningAsync(engine, time);
        }

        Assert.Null(engine.FatalError);
        Assert.True(await HasAsync(engine, "kept"));
    }

    [Fact]
    public async Task Crash_StartsThatFail_SaysSoOnceTriesSlowlyAndRecovers()
    {
        var time = new ManualTime();
        var log = new ListLogger<EmbeddedEngine>();
        await using var engine = new EmbeddedEngine(FailingOptions(), log, time);
        await engine.StartAsync();

        FailFromNowOn();
        await CrashAsync(engine);
        await UntilAsync(() => engine.State == EmbeddedEngineState.Failed, time);
        await UntilAsync(() => Attempts() >= 9, time);
        File.Delete(Path.Combine(Folder, "failing"));
        await RunningAsync(engine, time);

        Assert.Null(engine.FatalError);
        Assert.Single(log.Lines, line => line.StartsWith("Critical", StringComparison.Ordinal));
        Assert.Single(
            log.Lines,
            line => line.StartsWith("Error: The embedded database engine could not be started again (", StringComparison.Ordinal)
                && line.Contains("disk on fire", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("Information: Over after ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Crash_NoStartSucceedsForMinutes_EndsThePortalWithAReason()
    {
        var time = new ManualTime();
        var log = new ListLogger<EmbeddedEngine>();
        using var portal = new PortalLifetime();
        await using var engine = new EmbeddedEngine(FailingOptions(), log, time, portal);
        await engine.StartAsync();

        FailFromNowOn();
        await CrashAsync(engine);
        await UntilAsync(() => portal.IsEnding, time);

        Assert.Equal(EmbeddedEngineState.Failed, engine.State);
        Assert.StartsWith(
            "The embedded database engine could not be started for 10 minutes: ", engine.FatalError, StringComparison.Ordinal);
        Assert.Contains("disk on fire", engine.FatalError, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line == $"Critical: The portal ends, because its database is gone. {engine.FatalError}");
        // Slowly: not much more often than every half minute.
        Assert.InRange(Attempts(), 10, 40);
    }

    [Fact]
    public async Task Crash_FileDamaged_EndsThePortalAtTheFirstFailedStart()
    {
        var time = new ManualTime();
        using var portal = new PortalLifetime();
        await using var engine = new EmbeddedEngine(FailingOptions(), NullLogger<EmbeddedEngine>.Instance, time, portal);
        await engine.StartAsync();

        FailFromNowOn();
        await CrashAsync(engine);
        // The write-ahead log would cover what is wrong with the file.
        File.Delete(Path.Combine(Folder, "bankportal.db-wal"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "bankportal.db"), new string('x', 10_000));
        await UntilAsync(() => portal.IsEnding, time);

        Assert.Contains("is damaged", engine.FatalError, StringComparison.Ordinal);
        Assert.Contains("docs/backup.md", engine.FatalError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crash_InMemory_EndsThePortalBecauseAllDataIsGone()
    {
        var time = new ManualTime();
        using var portal = new PortalLifetime();
        await using var engine = new EmbeddedEngine(
            new DynamoOptions { Mode = DynamoMode.Embedded, InMemory = true }, NullLogger<EmbeddedEngine>.Instance, time, portal);
        await engine.StartAsync();

        await CrashAsync(engine);
        await UntilAsync(() => portal.IsEnding, time);

        Assert.Contains("Dynamo:InMemory is on", engine.FatalError, StringComparison.Ordinal);
        Assert.Equal(EmbeddedEngineState.Failed, engine.State);
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

    // A program that works until the file "failing" is there, and counts its starts from then on.
    private DynamoOptions FailingOptions()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The failing engine is a shell script.");
        var program = Path.Combine(Folder, "engine.sh");
        File.WriteAllText(
            program,
            $"""
            #!/bin/sh
            if [ -e '{Folder}/failing' ]; then echo try >> '{Folder}/failing'; echo 'disk on fire' >&2; exit 3; fi
            exec '{EngineProgram.Find(null)}' "$@"
            """);
        return new DynamoOptions { Mode = DynamoMode.Embedded, DataFolder = Folder, EnginePath = program };
    }

    private void FailFromNowOn() => File.WriteAllText(Path.Combine(Folder, "failing"), "");

    private int Attempts() => File.ReadAllLines(Path.Combine(Folder, "failing")).Length;

    // Returns when the engine's watch has seen the end.
    private static async Task CrashAsync(EmbeddedEngine engine)
    {
        using (var process = Process.GetProcessById(engine.ProcessId!.Value))
        {
            process.Kill();
        }

        await UntilAsync(() => engine.State != EmbeddedEngineState.Running);
    }

    private static Task RunningAsync(EmbeddedEngine engine, ManualTime time) =>
        UntilAsync(() => engine.State == EmbeddedEngineState.Running, time, TimeSpan.FromSeconds(2));

    // Moves the clock on while a pause waits for it, and never while the engine starts: a start has a deadline.
    private static Task UntilAsync(Func<bool> condition, ManualTime time, TimeSpan? step = null) => UntilAsync(() =>
    {
        if (time.TimerCount > 0)
        {
            time.Advance(step ?? EmbeddedEngine.SlowPause);
        }

        return condition();
    });

    private static EmbeddedEngine Engine(string? folder, TimeProvider? time = null) =>
        new(
            new DynamoOptions
            {
                Mode = DynamoMode.Embedded,
                DataFolder = folder,
                InMemory = folder is null,
            },
            NullLogger<EmbeddedEngine>.Instance,
            time ?? TimeProvider.System
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

    private sealed class PortalLifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public bool IsEnding => _stopping.IsCancellationRequested;

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
