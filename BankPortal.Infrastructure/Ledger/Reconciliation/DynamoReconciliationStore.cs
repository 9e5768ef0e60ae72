using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Infrastructure.Ledger.Reconciliation;

/// <summary>Stores the state, checkpoints and differences of reconciliation in DynamoDB. Thread-safe.</summary>
public sealed class DynamoReconciliationStore(DynamoDatabase database) : IReconciliationStore
{
    // DynamoDB's limit of items in one batch write.
    private const int MaxWrites = 25;
    private static readonly TimeSpan KeepGone = TimeSpan.FromDays(90);

    private readonly string _table = database.TableName(LedgerTables.Reconciliation);

    /// <inheritdoc/>
    public async Task<ReconciliationState> ReadStateAsync(CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = ReconciliationItems.Key(ReconciliationItems.State, ReconciliationItems.State),
                ConsistentRead = true,
            },
            ct);
        return response.Item is { Count: > 0 } item ? ReconciliationItems.ToState(item) : new ReconciliationState();
    }

    /// <inheritdoc/>
    public async Task<bool> TrySaveStateAsync(ReconciliationState state, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = ReconciliationItems.ToItem(state),
                    ConditionExpression = "attribute_not_exists(fence) OR fence <= :fence",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":fence"] = Attr.N(state.Fence) },
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
    public async Task<IReadOnlyDictionary<string, AccountCheckpoint>> ReadCheckpointsAsync(
        IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
        {
            [_table] = new() { Keys = [.. accountIds.Select(ReconciliationItems.CheckpointKey)], ConsistentRead = true },
        };
        var found = await Batch.GetAsync(database.Client, request, ct);
        return found[_table]
            .Select(ReconciliationItems.ToCheckpoint)
            .ToDictionary(checkpoint => checkpoint.AccountId, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task SaveCheckpointsAsync(IReadOnlyCollection<AccountCheckpoint> checkpoints, CancellationToken ct = default)
    {
        foreach (var some in checkpoints.Chunk(MaxWrites))
        {
            var rest = new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal)
            {
                [_table] = [.. some.Select(checkpoint => new WriteRequest(new PutRequest(ReconciliationItems.ToItem(checkpoint))))],
            };
            for (var attempt = 0; rest.Count > 0; attempt++)
            {
                // Accounts whose checkpoint is still not written are verified again in the next cycle.
                if (attempt > 4)
                {
                    return;
                }

                if (attempt > 0)
                {
                    await Core.Common.Backoff.DelayAsync(attempt, ct);
                }

                rest = (await database.Client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = rest }, ct)).UnprocessedItems
                    ?? [];
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> RecordAsync(Difference difference, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(difference);

        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [":kind"] = Attr.S(difference.Kind.ToString()),
            [":account"] = Attr.S(difference.AccountId),
            [":seq"] = Attr.N(difference.Sequence),
            [":expected"] = Attr.S(difference.Expected),
            [":found"] = Attr.S(difference.Found),
            [":first"] = Attr.Time(difference.FirstSeenAt),
            [":last"] = Attr.Time(difference.LastSeenAt),
        };
        var update = "SET kind = :kind, account_id = :account, seq = :seq, expected = :expected, #found = :found, "
            + "last_seen_at = :last, first_seen_at = if_not_exists(first_seen_at, :first)";
        if (difference.TransferId is { } transferId)
        {
            values[":transfer"] = Attr.S(transferId);
            update += ", transfer_id = :transfer";
        }

        var response = await database.Client.UpdateItemAsync(
            new UpdateItemRequest
            {
                TableName = _table,
                Key = ReconciliationItems.Key(ReconciliationItems.Open, difference.Id),
                UpdateExpression = update,
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#found"] = "found" },
                ExpressionAttributeValues = values,
                ReturnValues = ReturnValue.ALL_OLD,
            },
            ct);
        return response.Attributes?.ContainsKey("first_seen_at") != true;
    }

    /// <inheritdoc/>
    public async Task CloseAsync(string differenceId, DateTimeOffset at, CancellationToken ct = default)
    {
        var key = ReconciliationItems.Key(ReconciliationItems.Open, differenceId);
        var response = await database.Client.GetItemAsync(new GetItemRequest { TableName = _table, Key = key, ConsistentRead = true }, ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return;
        }

        item[ReconciliationItems.Part] = Attr.S(ReconciliationItems.Gone);
        item[ReconciliationItems.Item] = Attr.S(Attr.FormatTime(at) + "#" + differenceId);
        item["gone_at"] = Attr.Time(at);
        item["expires_at"] = Attr.N((at + KeepGone).ToUnixTimeSeconds());
        await database.Client.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    new TransactWriteItem { Delete = new Delete { TableName = _table, Key = key } },
                    new TransactWriteItem { Put = new Put { TableName = _table, Item = item } },
                ],
            },
            ct);
    }

    /// <inheritdoc/>
    public async Task<int> CountOpenAsync(CancellationToken ct = default)
    {
        var count = 0;
        var request = Query(ReconciliationItems.Open);
        request.Select = Select.COUNT;
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            count += response.Count ?? 0;
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return count;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Difference>> ListOpenAsync(int limit, CancellationToken ct = default) =>
        ListAsync(ReconciliationItems.Open, limit, ct);

    /// <inheritdoc/>
    public Task<ImmutableArray<Difference>> ListGoneAsync(int limit, CancellationToken ct = default) =>
        ListAsync(ReconciliationItems.Gone, limit, ct);

    private async Task<ImmutableArray<Difference>> ListAsync(string part, int limit, CancellationToken ct)
    {
        var request = Query(part);
        request.Limit = limit;
        request.ScanIndexForward = false;
        var response = await database.Client.QueryAsync(request, ct);
        return [.. (response.Items ?? []).Select(ReconciliationItems.ToDifference)];
    }

    private QueryRequest Query(string part) => new()
    {
        TableName = _table,
        KeyConditionExpression = "#part = :part",
        ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = ReconciliationItems.Part },
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(part) },
        ConsistentRead = true,
    };
}
