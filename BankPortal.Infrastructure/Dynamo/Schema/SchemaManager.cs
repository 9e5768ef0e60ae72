using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>
/// Brings the database's tables in line with their definitions. It only ever adds: missing tables, missing indexes, expiry.
/// Keys of existing tables cannot be changed, and what the definitions do not mention is left alone.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="tables">The definitions.</param>
/// <param name="durable">
/// Whether the tables hold what must not be lost, as in AWS: new ones get point-in-time recovery, encryption with a KMS key and
/// protection against deletion, which the local engines do not know.
/// </param>
/// <param name="logger">Takes a line for each change.</param>
public sealed partial class SchemaManager(
    DynamoDatabase database, ImmutableArray<TableSpec> tables, bool durable, ILogger<SchemaManager> logger)
{
    // AWS lets 500 tables of an account be created or changed at a time; a handful keeps the wait short without crowding others out.
    private const int Parallel = 8;
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    /// <summary>Creates what is missing and returns when every table and index is active. Safe to repeat, also from several nodes at once.</summary>
    /// <returns>The number of changes made.</returns>
    /// <exception cref="DatabaseUnavailableException">An existing table has other keys than defined.</exception>
    public async Task<int> CreateAsync(CancellationToken ct = default)
    {
        var changes = 0;
        await ForEachTableAsync(
            async (table, token) => Interlocked.Add(ref changes, await CreateAsync(table, token)), ct);
        return changes;
    }

    /// <summary>Compares without changing anything.</summary>
    /// <returns>Every difference; empty when all is well.</returns>
    public async Task<IReadOnlyList<SchemaDifference>> VerifyAsync(CancellationToken ct = default)
    {
        var differences = new List<SchemaDifference>();
        await ForEachTableAsync(
            async (table, token) =>
            {
                var found = await CompareAsync(table, await DescribeAsync(table, token), token);
                lock (differences)
                {
                    differences.AddRange(found);
                }
            },
            ct);
        return [.. differences.OrderBy(d => d.Table, StringComparer.Ordinal)];
    }

    /// <summary>Deletes all defined tables with everything in them. For tests and throw-away data only; refused for durable ones.</summary>
    /// <exception cref="InvalidOperationException">The tables are durable.</exception>
    public Task DeleteAsync(CancellationToken ct = default)
    {
        if (durable)
        {
            throw new InvalidOperationException("Durable tables are not deleted by the portal.");
        }

        return ForEachTableAsync(
            async (table, token) =>
            {
                try
                {
                    await database.Client.DeleteTableAsync(database.TableName(table), token);
                }
                catch (ResourceNotFoundException)
                {
                    // Gone already.
                }
            },
            ct);
    }

    private Task ForEachTableAsync(Func<TableSpec, CancellationToken, ValueTask> act, CancellationToken ct) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            tables, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct }, act);

    private async Task<int> CreateAsync(TableSpec table, CancellationToken ct)
    {
        var changes = 0;
        var description = await DescribeAsync(table, ct);
        if (description is null)
        {
            changes += await CreateTableAsync(table, ct) ? 1 : 0;
            description = await WaitUntilActiveAsync(table, ct);
        }

        foreach (var difference in CompareKeys(table, description))
        {
            throw new DatabaseUnavailableException(
                $"The table {difference}. Keys of a table cannot be changed: use another Dynamo:TablePrefix, or move the data.");
        }

        description = await WaitUntilActiveAsync(table, ct);
        foreach (var index in MissingIndexes(table, description))
        {
            // DynamoDB builds one index of a table at a time.
            changes += await AddIndexAsync(table, index, ct) ? 1 : 0;
            await WaitUntilActiveAsync(table, ct);
        }

        if (table.TtlAttribute is { } attribute && await IsExpiryMissingAsync(table, ct))
        {
            changes += await TurnOnExpiryAsync(table, attribute, ct) ? 1 : 0;
        }

        if (durable)
        {
            changes += await TurnOnRecoveryAsync(table, ct) ? 1 : 0;
        }

        return changes;
    }

    private async Task<bool> CreateTableAsync(TableSpec table, CancellationToken ct)
    {
        var request = new CreateTableRequest
        {
            TableName = database.TableName(table),
            BillingMode = BillingMode.PAY_PER_REQUEST,
            KeySchema = KeySchema(table.PartitionKey, table.SortKey),
            AttributeDefinitions = KeyAttributes(table, table.Indexes),
        };
        if (!table.Indexes.IsEmpty)
        {
            request.GlobalSecondaryIndexes =
            [
                .. table.Indexes.Select(index => new GlobalSecondaryIndex
                {
                    IndexName = index.Name,
                    KeySchema = KeySchema(index.PartitionKey, index.SortKey),
                    Projection = ProjectionOf(index),
                }),
            ];
        }

        if (durable)
        {
            request.SSESpecification = new SSESpecification { Enabled = true, SSEType = SSEType.KMS };
            request.DeletionProtectionEnabled = true;
        }

        try
        {
            await database.Client.CreateTableAsync(request, ct);
            TableCreated(logger, request.TableName);
            return true;
        }
        catch (ResourceInUseException)
        {
            return false; // Another node was quicker.
        }
    }

    private async Task<bool> AddIndexAsync(TableSpec table, IndexSpec index, CancellationToken ct)
    {
        var request = new UpdateTableRequest
        {
            TableName = database.TableName(table),
            AttributeDefinitions = KeyAttributes(table, [index]),
            GlobalSecondaryIndexUpdates =
            [
                new GlobalSecondaryIndexUpdate
                {
                    Create = new CreateGlobalSecondaryIndexAction
                    {
                        IndexName = index.Name,
                        KeySchema = KeySchema(index.PartitionKey, index.SortKey),
                        Projection = ProjectionOf(index),
                    },
                },
            ],
        };
        try
        {
            await database.Client.UpdateTableAsync(request, ct);
        }
        catch (AmazonDynamoDBException)
        {
            // Another node may have been quicker; engines disagree about the error. What counts is whether the index is there.
            if (await DescribeAsync(table, ct) is not { } now || MissingIndexes(table, now).Contains(index))
            {
                throw;
            }

            return false;
        }

        IndexAdded(logger, index.Name, request.TableName);
        return true;
    }

    private async Task<bool> TurnOnExpiryAsync(TableSpec table, string attribute, CancellationToken ct)
    {
        var request = new UpdateTimeToLiveRequest
        {
            TableName = database.TableName(table),
            TimeToLiveSpecification = new TimeToLiveSpecification { AttributeName = attribute, Enabled = true },
        };
        try
        {
            await database.Client.UpdateTimeToLiveAsync(request, ct);
        }
        catch (AmazonDynamoDBException)
        {
            // As above: another node may have been quicker.
            if (await IsExpiryMissingAsync(table, ct))
            {
                throw;
            }

            return false;
        }

        ExpirySet(logger, request.TableName, attribute);
        return true;
    }

    private async Task<bool> TurnOnRecoveryAsync(TableSpec table, CancellationToken ct)
    {
        var name = database.TableName(table);
        var backups = await database.Client.DescribeContinuousBackupsAsync(
            new DescribeContinuousBackupsRequest { TableName = name }, ct);
        if (backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED)
        {
            return false;
        }

        // Backups become available some seconds after the table itself; until then AWS answers with this exception.
        var pause = FirstPoll;
        while (true)
        {
            try
            {
                await database.Client.UpdateContinuousBackupsAsync(
                    new UpdateContinuousBackupsRequest
                    {
                        TableName = name,
                        PointInTimeRecoverySpecification = new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = true },
                    },
                    ct);
                RecoveryOn(logger, name);
                return true;
            }
            catch (ContinuousBackupsUnavailableException)
            {
                pause = await PauseAsync(pause, ct);
            }
        }
    }

    private async Task<TableDescription> WaitUntilActiveAsync(TableSpec table, CancellationToken ct)
    {
        var pause = FirstPoll;
        while (true)
        {
            var description = await DescribeAsync(table, ct);
            if (description is not null
                && description.TableStatus == TableStatus.ACTIVE
                && (description.GlobalSecondaryIndexes ?? []).All(index => index.IndexStatus is null || index.IndexStatus == IndexStatus.ACTIVE))
            {
                return description;
            }

            pause = await PauseAsync(pause, ct);
        }
    }

    private static async Task<TimeSpan> PauseAsync(TimeSpan pause, CancellationToken ct)
    {
        await Task.Delay(pause, ct);
        return pause * 2 < LongestPoll ? pause * 2 : LongestPoll;
    }

    private async Task<TableDescription?> DescribeAsync(TableSpec table, CancellationToken ct)
    {
        try
        {
            return (await database.Client.DescribeTableAsync(database.TableName(table), ct)).Table;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<SchemaDifference>> CompareAsync(TableSpec table, TableDescription? description, CancellationToken ct)
    {
        var name = database.TableName(table);
        if (description is null)
        {
            return [new SchemaDifference(name, "is missing", CanBeMended: true)];
        }

        var differences = CompareKeys(table, description).ToList();
        differences.AddRange(MissingIndexes(table, description)
            .Select(index => new SchemaDifference(name, $"has no index {index.Name}", CanBeMended: true)));
        if (description.TableStatus != TableStatus.ACTIVE && description.TableStatus != TableStatus.UPDATING)
        {
            differences.Add(new SchemaDifference(name, $"is {description.TableStatus.Value}", CanBeMended: false));
        }
        else if (table.TtlAttribute is not null && await IsExpiryMissingAsync(table, ct))
        {
            differences.Add(new SchemaDifference(name, $"does not expire items by {table.TtlAttribute}", CanBeMended: true));
        }

        return differences;
    }

    private IEnumerable<SchemaDifference> CompareKeys(TableSpec table, TableDescription description)
    {
        var name = database.TableName(table);
        var types = description.AttributeDefinitions.ToDictionary(a => a.AttributeName, a => a.AttributeType, StringComparer.Ordinal);
        if (Differ(table.PartitionKey, table.SortKey, description.KeySchema) is { } found)
        {
            yield return new SchemaDifference(name, $"has the key {found}", CanBeMended: false);
        }

        foreach (var index in table.Indexes)
        {
            var existing = description.GlobalSecondaryIndexes?.Find(i => string.Equals(i.IndexName, index.Name, StringComparison.Ordinal));
            if (existing is not null && Differ(index.PartitionKey, index.SortKey, existing.KeySchema) is { } foundInIndex)
            {
                yield return new SchemaDifference(name, $"has an index {index.Name} with the key {foundInIndex}", CanBeMended: false);
            }
        }

        string? Differ(KeySpec partition, KeySpec? sort, List<KeySchemaElement> actual)
        {
            var wanted = Describe(KeySchema(partition, sort).Select(k => (k.AttributeName, Type: TypeOf(k.AttributeName, partition, sort))));
            var has = Describe(actual
                .OrderBy(k => k.KeyType == KeyType.HASH ? 0 : 1)
                .Select(k => (k.AttributeName, Type: types[k.AttributeName].Value)));
            return string.Equals(wanted, has, StringComparison.Ordinal) ? null : $"({has}) where ({wanted}) is defined";
        }

        static string TypeOf(string name, KeySpec partition, KeySpec? sort) =>
            (sort is not null && string.Equals(sort.Name, name, StringComparison.Ordinal) ? sort : partition).Type.Value;

        static string Describe(IEnumerable<(string Name, string Type)> keys) => string.Join(", ", keys.Select(k => $"{k.Name} {k.Type}"));
    }

    private static IEnumerable<IndexSpec> MissingIndexes(TableSpec table, TableDescription description) =>
        table.Indexes.Where(index =>
            description.GlobalSecondaryIndexes?.Exists(i => string.Equals(i.IndexName, index.Name, StringComparison.Ordinal)) is not true);

    private async Task<bool> IsExpiryMissingAsync(TableSpec table, CancellationToken ct)
    {
        var response = await database.Client.DescribeTimeToLiveAsync(database.TableName(table), ct);
        var expiry = response.TimeToLiveDescription;
        var on = expiry.TimeToLiveStatus == TimeToLiveStatus.ENABLED || expiry.TimeToLiveStatus == TimeToLiveStatus.ENABLING;
        return !on || !string.Equals(expiry.AttributeName, table.TtlAttribute, StringComparison.Ordinal);
    }

    private static List<KeySchemaElement> KeySchema(KeySpec partition, KeySpec? sort)
    {
        List<KeySchemaElement> schema = [new(partition.Name, KeyType.HASH)];
        if (sort is not null)
        {
            schema.Add(new KeySchemaElement(sort.Name, KeyType.RANGE));
        }

        return schema;
    }

    // Exactly the attributes that keys use: DynamoDB refuses others.
    private static List<AttributeDefinition> KeyAttributes(TableSpec table, IEnumerable<IndexSpec> indexes) =>
    [
        .. indexes.SelectMany(index => (KeySpec?[])[index.PartitionKey, index.SortKey])
            .Prepend(table.SortKey)
            .Prepend(table.PartitionKey)
            .OfType<KeySpec>()
            .DistinctBy(key => key.Name, StringComparer.Ordinal)
            .Select(key => new AttributeDefinition(key.Name, key.Type)),
    ];

    private static Projection ProjectionOf(IndexSpec index)
    {
        var projection = new Projection { ProjectionType = index.Projection ?? ProjectionType.ALL };
        if (projection.ProjectionType == ProjectionType.INCLUDE)
        {
            projection.NonKeyAttributes = [.. index.Projected];
        }

        return projection;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Created table {Table}")]
    private static partial void TableCreated(ILogger logger, string table);

    [LoggerMessage(Level = LogLevel.Information, Message = "Added index {Index} to table {Table}")]
    private static partial void IndexAdded(ILogger logger, string index, string table);

    [LoggerMessage(Level = LogLevel.Information, Message = "Items of table {Table} now expire by {Attribute}")]
    private static partial void ExpirySet(ILogger logger, string table, string attribute);

    [LoggerMessage(Level = LogLevel.Information, Message = "Turned on point-in-time recovery of table {Table}")]
    private static partial void RecoveryOn(ILogger logger, string table);
}
