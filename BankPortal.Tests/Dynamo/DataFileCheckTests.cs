namespace BankPortal.Tests.Dynamo;

public sealed class DataFileCheckTests : EmbeddedEngineTest
{
    private const int PageSize = 4096;

    private string DataFile => Path.Combine(Folder, "bankportal.db");

    [Fact]
    public void Find_NoFile_IsNothing() => Assert.Null(DataFileCheck.Find(DataFile));

    [Fact]
    public async Task Find_FileOfAKilledEngine_IsNothingAndLosesNothing()
    {
        await FillAsync(kill: true);
        var log = new FileInfo(DataFile + "-wal");
        var before = log.Length;
        Assert.True(before > 0);

        Assert.Null(DataFileCheck.Find(DataFile));

        log.Refresh();
        Assert.Equal(before, log.Length);
        await using var engine = Engine();
        await engine.StartAsync();
        Assert.Equal(50, await CountAsync(engine));
    }

    [Fact]
    public async Task StartAsync_OneByteFlippedInEachPage_IsRefusedInOneLineWithAdvice()
    {
        await FillAsync(kill: false);
        var bytes = await File.ReadAllBytesAsync(DataFile);
        // The kind of a page is its first byte; the first page has the file's header before it.
        for (var page = PageSize; page < bytes.Length; page += PageSize)
        {
            bytes[page] ^= 0x40;
        }

        await File.WriteAllBytesAsync(DataFile, bytes);
        await using var engine = Engine();

        var refusal = await Assert.ThrowsAsync<DatabaseUnavailableException>(() => engine.StartAsync());

        Assert.StartsWith($"The database file {DataFile} is damaged (", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("see docs/backup.md.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(EmbeddedEngineState.Stopped, engine.State);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(DataFile));
    }

    [Fact]
    public async Task Find_SomethingElse_IsNotADatabase()
    {
        await File.WriteAllTextAsync(DataFile, new string('x', 10_000));

        Assert.Contains("not a database", DataFileCheck.Find(DataFile), StringComparison.Ordinal);
    }

    private EmbeddedEngine Engine() => new(
        new DynamoOptions { Mode = DynamoMode.Embedded, DataFolder = Folder },
        NullLogger<EmbeddedEngine>.Instance,
        TimeProvider.System);

    private async Task FillAsync(bool kill)
    {
        await using var engine = Engine();
        await engine.StartAsync();
        using var client = ClientOf(engine);
        var database = new DynamoDatabase(client, "");
        var things = new TableSpec("Things", KeySpec.S("id"));
        await new SchemaManager(database, [things], durable: false, NullLogger<SchemaManager>.Instance).CreateAsync();
        for (var i = 0; i < 50; i++)
        {
            var row = new ItemWriter().Set("id", $"thing-{i}").Set("text", new string('t', 500)).ToItem();
            await client.PutItemAsync(database.TableName(things), row);
        }

        if (kill)
        {
            // What the engine leaves behind when it is killed: the file with its write-ahead log.
            var copies = Path.Combine(Folder, "copies");
            Directory.CreateDirectory(copies);
            foreach (var file in (string[])[DataFile, DataFile + "-wal"])
            {
                File.Copy(file, Path.Combine(copies, Path.GetFileName(file)));
            }

            await engine.DisposeAsync();
            foreach (var file in Directory.GetFiles(copies))
            {
                File.Move(file, Path.Combine(Folder, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    private static async Task<int> CountAsync(EmbeddedEngine engine)
    {
        using var client = ClientOf(engine);
        return (await client.ScanAsync(new Amazon.DynamoDBv2.Model.ScanRequest { TableName = "Things" })).Count ?? 0;
    }

    private static Amazon.DynamoDBv2.IAmazonDynamoDB ClientOf(EmbeddedEngine engine) => DynamoClientFactory.Create(
        new DynamoOptions { Mode = DynamoMode.Embedded, RequestTimeout = TimeSpan.FromSeconds(30) }, () => engine.Port, []);
}
