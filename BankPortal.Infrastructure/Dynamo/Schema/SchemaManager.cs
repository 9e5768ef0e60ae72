using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>
/// Creates and verifies the database's tables. It only adds: missing tables, missing indexes, expiry. It never changes keys of existing
/// tables, and leaves alone what the definitions do not mention.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="tables">The definitions.</param>
/// <param name="durable">
/// Whether the tables hold data that must not be lost, as in AWS. New durable tables get point-in-time recovery, encryption with a KMS
/// key and deletion protection, which local engines do not support.
/// </param>
/// <param name="logger">Logs each change.</param>
public sealed partial class SchemaManager(
    DynamoDatabase database, ImmutableArray<TableSpec> tables, bool durable, ILogger<SchemaManager> logger)
{
    // AWS allows 500 tables per account to be created or changed at a time; a few keep the wait short and leave room for others.
    private const int Parallel = 8;
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);

    /// <summary>Creates what is missing and returns when every table and index is active. Safe to repeat, also on several nodes at
    /// once.</summary>
    /// <returns>The number of changes made.</returns>
    /// <exception cref="DatabaseUnavailableException">An existing table has other keys than defined.</exception>
    public async Task<int> CreateAsync(CancellationToken ct = default)
    {
        var changes = 0;
        await ForEachTableAsync(
            async (table, token) => Interlocked.Add(ref changes, await CreateAsync(table, token)), ct);
        return changes;
    }

    /// <summary>Compares the tables with their definitions without changing anything.</summary>
    /// <returns>Every difference; empty when there is none.</returns>
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

    /// <summary>Deletes all defined tables with their data. For tests and temporary data only; refused for durable tables.</summary>
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
                    // Already deleted.
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
            // DynamoDB builds only one index of a table at a time.
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
            // Another node may have been faster, and engines report that with different errors. Check whether the index exists.
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
            // As above: another node may have been faster.
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
        var recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
        if (recovery == PointInTimeRecoveryStatus.ENABLED)
        {
            return false;
        }

        // Backups become available some seconds after the table; until then AWS answers with this exception.
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
                && (description.GlobalSecondaryIndexes ?? []).All(
                    index => index.IndexStatus is null || index.IndexStatus == IndexStatus.ACTIVE))
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
            return [new SchemaDifference(name, "is missing", CanBeRepaired: true)];
        }

        var differences = CompareKeys(table, description).ToList();
        differences.AddRange(MissingIndexes(table, description)
            .Select(index => new SchemaDifference(name, $"has no index {index.Name}", CanBeRepaired: true)));
        if (description.TableStatus != TableStatus.ACTIVE && description.TableStatus != TableStatus.UPDATING)
        {
            differences.Add(new SchemaDifference(name, $"is {description.TableStatus.Value}", CanBeRepaired: false));
        }
        else if (table.TtlAttribute is not null && await IsExpiryMissingAsync(table, ct))
        {
            differences.Add(new SchemaDifference(name, $"does not expire items by {table.TtlAttribute}", CanBeRepaired: true));
        }

        return differences;
    }

    private IEnumerable<SchemaDifference> CompareKeys(TableSpec table, TableDescription description)
    {
        var name = database.TableName(table);
        var types = description.AttributeDefinitions.ToDictionary(a => a.AttributeName, a => a.AttributeType, StringComparer.Ordinal);
        if (Differ(table.PartitionKey, table.SortKey, description.KeySchema) is { } found)
        {
            yield return new SchemaDifference(name, $"has the key {found}", CanBeRepaired: false);
        }

        foreach (var index in table.Indexes)
        {
            var existing = description.GlobalSecondaryIndexes?.Find(i => string.Equals(i.IndexName, index.Name, StringComparison.Ordinal));
            if (existing is not null && Differ(index.PartitionKey, index.SortKey, existing.KeySchema) is { } foundInIndex)
            {
                yield return new SchemaDifference(name, $"has an index {index.Name} with the key {foundInIndex}", CanBeRepaired: false);
            }
        }

        string? Differ(KeySpec partition, KeySpec? sort, List<KeySchemaElement> actual)
        {
            var wanted = Describe(
                KeySchema(partition, sort).Select(k => (k.AttributeName, Type: TypeOf(k.AttributeName, partition, sort))));
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

    // Exactly the attributes that keys use, because DynamoDB refuses others.
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
