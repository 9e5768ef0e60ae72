using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Dynamo.Engine;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>
/// Determines whether the database can be used now, by reading a missing item from every table: one request, shared by all callers within
/// a second. Every ten seconds, and at every check while that fails, it also writes a row of its own and reads it back: a full disk
/// answers every read. Thread-safe.
/// </summary>
public sealed partial class DynamoReadiness : IDisposable
{
    private const string ProbeKey = "health#probe";
    private const string ProbeValue = "probe";

    // The most keys in one BatchGetItem.
    private const int MaxKeys = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>The time between two writes while they succeed.</summary>
    internal static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(10);

    // A write waits for others, so it has more time than a read.
    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(2);

    // The row of a node that is gone for good expires.
    private static readonly TimeSpan KeepProbe = TimeSpan.FromDays(1);

    private readonly DynamoDatabase _database;
    private readonly ImmutableArray<TableSpec> _tables;
    private readonly EmbeddedEngine? _engine;
    private readonly TimeProvider _time;
    private readonly ILogger<DynamoReadiness> _logger;
    private readonly TableSpec? _writeProbe;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _started;
    private Answer _last = new(DynamoReadinessState.Starting, "the portal is starting");
    private long? _askedAt;
    private long? _writtenAt;

    /// <summary>Creates the readiness check of a database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="tables">The tables that must answer.</param>
    /// <param name="engine">The embedded engine, when there is one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Logs every change of the state.</param>
    /// <param name="writeProbe">The table that a row is written to; without it, nothing is written.</param>
    public DynamoReadiness(
        DynamoDatabase database,
        ImmutableArray<TableSpec> tables,
        EmbeddedEngine? engine,
        TimeProvider time,
        ILogger<DynamoReadiness> logger,
        TableSpec? writeProbe = null)
    {
        _database = database;
        _tables = tables;
        _engine = engine;
        _time = time;
        _logger = logger;
        _writeProbe = writeProbe;
    }

    /// <summary>The latest state, without a new check.</summary>
    public DynamoReadinessState State => _last.State;

    /// <summary>Why the database is not ready, for operators; <see langword="null"/> when it is ready.</summary>
    public string? Reason => _last.Reason;

    /// <summary>Checks the tables, unless a check was made within the last second.</summary>
    public async Task<DynamoReadinessState> CheckAsync(CancellationToken ct = default)
    {
        if (!_started)
        {
            return DynamoReadinessState.Starting;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (_askedAt is { } askedAt && _time.GetElapsedTime(askedAt) < Fresh && !EngineHasChangedSides())
            {
                return _last.State;
            }

            var answer = await AskAsync(ct);
            if (answer.State == DynamoReadinessState.Ready && await WhyNotWritableAsync(ct) is { } reason)
            {
                answer = new Answer(DynamoReadinessState.NotReady, reason);
            }

            _askedAt = _time.GetTimestamp();
            if (answer.State != _last.State)
            {
                var level = answer.State == DynamoReadinessState.Ready ? LogLevel.Information : LogLevel.Error;
                StateChanged(_logger, level, answer.State, answer.Reason ?? "all tables answer");
            }

            _last = answer;
            return answer.State;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    /// <summary>Records that the database was prepared; from now on the tables are checked.</summary>
    internal void Started() => _started = true;

    // A crash of the engine is known at once; waiting for the second to pass would only prolong a wrong answer.
    private bool EngineHasChangedSides() =>
        _engine is not null && (_engine.State == EmbeddedEngineState.Running) != (_last.State == DynamoReadinessState.Ready);

    private async Task<Answer> AskAsync(CancellationToken ct)
    {
        if (_engine is { State: not EmbeddedEngineState.Running })
        {
            return new Answer(
                DynamoReadinessState.NotReady,
                _engine.State == EmbeddedEngineState.Failed
                    ? "the embedded engine cannot be started; it is tried again slowly"
                    : "the embedded engine is being started again");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            foreach (var some in _tables.Chunk(MaxKeys))
            {
                await _database.Client.BatchGetItemAsync(
                    new BatchGetItemRequest
                    {
                        RequestItems = some.ToDictionary(
                            _database.TableName,
                            table => new KeysAndAttributes { Keys = [Probe(table)] },
                            StringComparer.Ordinal),
                    },
                    patience.Token);
            }

            return new Answer(DynamoReadinessState.Ready, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Answer(DynamoReadinessState.NotReady, "the tables do not answer in time");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new Answer(DynamoReadinessState.NotReady, $"the tables do not answer ({e.GetType().Name}: {e.Message})");
        }
    }

    // Writes a row and reads it back, if it is time to. The value is a random one: an old row must not pass for the new one.
    private async Task<string?> WhyNotWritableAsync(CancellationToken ct)
    {
        if (_writeProbe is not { } table || (_writtenAt is { } writtenAt && _time.GetElapsedTime(writtenAt) < WriteEvery))
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(WritePatience);
        try
        {
            var name = _database.TableName(table);
            var key = ProbeOfThisNode(table);
            var value = DerivedId.Random();
            var row = new Dictionary<string, AttributeValue>(key, StringComparer.Ordinal) { [ProbeValue] = Attr.S(value) };
            if (table.TtlAttribute is { } expiry)
            {
                row[expiry] = Attr.N((_time.GetUtcNow() + KeepProbe).ToUnixTimeSeconds());
            }

            await _database.Client.PutItemAsync(new PutItemRequest { TableName = name, Item = row }, patience.Token);
            var read = await _database.Client.GetItemAsync(
                new GetItemRequest { TableName = name, Key = key, ConsistentRead = true }, patience.Token);
            if (read.Item?.GetValueOrDefault(ProbeValue)?.S != value)
            {
                return "a row that was written is not there";
            }

            _writtenAt = _time.GetTimestamp();
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            _writtenAt = null;
            return "nothing can be written in time";
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _writtenAt = null;
            return $"nothing can be written ({e.GetType().Name}: {e.Message})";
        }
    }

    // Each process has a row of its own, so that none reads what another has written in between.
    private static Dictionary<string, AttributeValue> ProbeOfThisNode(TableSpec table)
    {
        var key = Probe(table);
        if (table.SortKey is { } sort && sort.Type == ScalarAttributeType.S)
        {
            key[sort.Name] = Attr.S(string.Create(CultureInfo.InvariantCulture, $"{ProbeKey}#{Environment.MachineName}#{Environment.ProcessId}"));
        }

        return key;
    }

    private static Dictionary<string, AttributeValue> Probe(TableSpec table)
    {
        var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [table.PartitionKey.Name] = Value(table.PartitionKey) };
        if (table.SortKey is { } sort)
        {
            key[sort.Name] = Value(sort);
        }

        return key;

        static AttributeValue Value(KeySpec spec) => spec.Type.Value switch
        {
            "N" => Attr.N(0),
            "B" => Attr.B([0]),
            _ => Attr.S(ProbeKey),
        };
    }

    private sealed record Answer(DynamoReadinessState State, string? Reason);

    [LoggerMessage(Message = "The database is now {State}: {Reason}")]
    private static partial void StateChanged(ILogger logger, LogLevel level, DynamoReadinessState state, string reason);
}

/// <summary>The readiness states of the database.</summary>
public enum DynamoReadinessState
{
    /// <summary>The portal is starting; nothing was checked yet.</summary>
    Starting,

    /// <summary>All tables answer.</summary>
    Ready,

    /// <summary>At least one table does not answer.</summary>
    NotReady,
}
