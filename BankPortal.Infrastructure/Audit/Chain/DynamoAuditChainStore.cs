using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>Reads the chains of the audit log in DynamoDB and keeps the anchors. Thread-safe.</summary>
public sealed class DynamoAuditChainStore(DynamoDatabase database) : IAuditChainStore
{
    private const int MostInBatch = 100;

    private readonly string _table = database.TableName(AuditTables.Records);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditLink>> ListLinksAsync(int shard, long after, int limit, CancellationToken ct)
    {
        var request = AuditChainReading.Partition(database, AuditChainItems.PartitionOf(shard));
        request.KeyConditionExpression += " AND record_key > :after";
        request.ExpressionAttributeValues[":after"] = Attr.S(AuditChainItems.KeyOf(after));
        request.Limit = limit;
        return [.. ((await database.Client.QueryAsync(request, ct)).Items ?? []).Select(AuditChainItems.ToLink)];
    }

    /// <inheritdoc/>
    public Task<AuditLink?> FindLastAsync(int shard, CancellationToken ct) => AuditChainReading.FindLastAsync(database, shard, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditLink>> FindLinksAsync(
        IReadOnlyCollection<(int Shard, long Number)> links, CancellationToken ct) =>
        [.. (await FindAsync(
            links.Select(link => new AuditRowKey(AuditChainItems.PartitionOf(link.Shard), AuditChainItems.KeyOf(link.Number))), ct))
            .Select(AuditChainItems.ToLink)];

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<AuditRowKey, AuditRow>> FindRowsAsync(
        IReadOnlyCollection<AuditRowKey> keys, CancellationToken ct) =>
        (await FindAsync(keys.Distinct(), ct)).Select(AuditChainItems.ToRow).ToDictionary(row => row.Key);

    /// <inheritdoc/>
    public async IAsyncEnumerable<IReadOnlyList<AuditRow>> ListRowsAsync(DateOnly day, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var partition in new[] { Attr.FormatDay(day), DynamoSecurityEventStore.DayKey(day) })
        {
            var request = new QueryRequest
            {
                TableName = _table,
                IndexName = AuditTables.DayIndex,
                KeyConditionExpression = "#day = :day",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#day"] = AuditItems.Day },
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":day"] = Attr.S(partition) },
            };
            do
            {
                var response = await database.Client.QueryAsync(request, ct);
                yield return [.. (response.Items ?? []).Select(AuditChainItems.ToRow)];
                request.ExclusiveStartKey = response.LastEvaluatedKey;
            }
            while (request.ExclusiveStartKey is { Count: > 0 });
        }
    }

    /// <inheritdoc/>
    public async Task<bool> AddAnchorAsync(AuditAnchor anchor, CancellationToken ct)
    {
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = AuditChainItems.ToItem(anchor),
                    ConditionExpression = "attribute_not_exists(record_key)",
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AuditAnchor>> ListAnchorsAsync(DateOnly from, CancellationToken ct)
    {
        var request = AuditChainReading.Partition(database, AuditChainItems.Anchors);
        request.KeyConditionExpression += " AND record_key >= :from";
        request.ExpressionAttributeValues[":from"] = Attr.Day(from);
        var anchors = new List<AuditAnchor>();
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            anchors.AddRange((response.Items ?? []).Select(AuditChainItems.ToAnchor));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return anchors;
    }

    /// <inheritdoc/>
    public async Task<AuditAnchor?> FindAnchorBeforeAsync(DateOnly day, CancellationToken ct)
    {
        var request = AuditChainReading.Partition(database, AuditChainItems.Anchors);
        request.KeyConditionExpression += " AND record_key < :day";
        request.ExpressionAttributeValues[":day"] = Attr.Day(day);
        request.ScanIndexForward = false;
        request.Limit = 1;
        return (await database.Client.QueryAsync(request, ct)).Items is [var last, ..] ? AuditChainItems.ToAnchor(last) : null;
    }

    private async Task<List<Dictionary<string, AttributeValue>>> FindAsync(IEnumerable<AuditRowKey> keys, CancellationToken ct)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        foreach (var some in keys.Chunk(MostInBatch))
        {
            var read = await Batch.GetAsync(
                database.Client,
                new(StringComparer.Ordinal)
                {
                    [_table] = new KeysAndAttributes
                    {
                        ConsistentRead = true,
                        Keys =
                        [
                            .. some.Select(key => new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
                            {
                                [AuditItems.Subject] = Attr.S(key.Subject),
                                [AuditItems.RecordKey] = Attr.S(key.Record),
                            }),
                        ],
                    },
                },
                ct);
            found.AddRange(read[_table]);
        }

        return found;
    }
}
