using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Engine;

/// <inheritdoc cref="IDatabaseStartup"/>
internal sealed partial class DatabaseStartup(
    DynamoOptions options,
    SchemaManager schema,
    DynamoReadiness readiness,
    EmbeddedEngine? engine,
    ILogger<DatabaseStartup> logger,
    IEnumerable<IDatabaseCheck>? checks = null) : IDatabaseStartup, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _done;

    public string? FatalError => engine?.FatalError;

    public async Task EnsureReadyAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_done)
            {
                return;
            }

            await ExplainAsync(async () =>
            {
                await StartEngineAsync(ct);
                if (options.Mode == DynamoMode.Aws)
                {
                    await VerifyAsync(ct);
                }
                else
                {
                    await schema.CreateAsync(ct);
                }

                foreach (var check in checks ?? [])
                {
                    await check.RunAsync(ct);
                }

                return 0;
            });
            readiness.Started();
            _done = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task<int> CreateTablesAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await ExplainAsync(async () =>
            {
                await StartEngineAsync(ct);
                return await schema.CreateAsync(ct);
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private Task StartEngineAsync(CancellationToken ct) => engine?.StartAsync(ct) ?? Task.CompletedTask;

    private async Task VerifyAsync(CancellationToken ct)
    {
        var differences = await schema.VerifyAsync(ct);
        if (differences.Count == 0)
        {
            return;
        }

        var advice = differences.All(d => d.CanBeRepaired)
            ? "Run the portal once with the command create-tables, under an identity that may create tables."
            : "Check Dynamo:Region and Dynamo:TablePrefix.";
        throw new DatabaseUnavailableException(
            $"The database is not as the portal needs it. {string.Join("; ", differences)}. {advice}");
    }

    private async Task<T> ExplainAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is AmazonClientException or AmazonServiceException or HttpRequestException or TimeoutException)
        {
            NotReady(logger, e);
            var place = options.Mode switch
            {
                DynamoMode.Aws => $"DynamoDB in the region {options.Region} cannot be used",
                DynamoMode.Endpoint => $"The database at {options.Endpoint} cannot be used",
                _ => "The embedded database engine cannot be used",
            };
            var advice = options.Mode switch
            {
                DynamoMode.Aws => "Check the credentials, their permissions, and Dynamo:Region.",
                DynamoMode.Endpoint => "Check that it runs, and Dynamo:Endpoint.",
                _ => "",
            };
            throw new DatabaseUnavailableException($"{place}: {e.Message} {advice}".TrimEnd(), e);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The database could not be made ready")]
    private static partial void NotReady(ILogger logger, Exception exception);
}
