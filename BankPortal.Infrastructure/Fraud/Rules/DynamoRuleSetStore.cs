using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Infrastructure.Fraud.Rules;

/// <summary>Stores the versions of the rule set in DynamoDB, one row each, and one row of pointers that every node polls.
/// Thread-safe.</summary>
public sealed class DynamoRuleSetStore(DynamoDatabase database) : IRuleSetStore
{
    private const string IsNew = "attribute_not_exists(" + RuleSetItems.Item + ")";

    private readonly string _table = database.TableName(FraudTables.RuleSets);

    /// <inheritdoc/>
    public async Task<RuleSetPointers?> ReadPointersAsync(CancellationToken ct = default) =>
        await ReadAsync(RuleSetItems.PointersKey, ct) is { } item ? RuleSetItems.ToPointers(item) : null;

    /// <inheritdoc/>
    public async Task<RuleSetVersion?> FindAsync(int number, CancellationToken ct = default) =>
        await ReadAsync(RuleSetItems.Key(RuleSetItems.Versions, RuleSetItems.NumberKey(number)), ct) is { } item
            ? RuleSetItems.ToVersion(item)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleSetVersion>> ListAsync(int? before, int limit, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{RuleSetItems.Group} = :group AND {RuleSetItems.Item} < :before",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":group"] = Attr.S(RuleSetItems.Versions),
                [":before"] = Attr.S(before is { } number ? RuleSetItems.NumberKey(number) : "~"),
            },
            ScanIndexForward = false,
            ConsistentRead = true,
        };
        var found = new List<RuleSetVersion>();
        do
        {
            request.Limit = limit - found.Count;
            var response = await database.Client.QueryAsync(request, ct);
            found.AddRange((response.Items ?? []).Select(RuleSetItems.ToVersion));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 } && found.Count < limit);

        return found;
    }

    /// <inheritdoc/>
    public Task<bool> StartAsync(RuleSetVersion first, CancellationToken ct = default) => WriteAsync(
        [
            new Put { TableName = _table, Item = RuleSetItems.ToItem(first), ConditionExpression = IsNew },
            new Put
            {
                TableName = _table,
                Item = RuleSetItems.ToItem(new RuleSetPointers(first.Number, null, 1)),
                ConditionExpression = IsNew,
            },
        ],
        ct);

    /// <inheritdoc/>
    public Task<bool> AddAsync(RuleSetVersion version, CancellationToken ct = default) =>
        WriteAsync([new Put { TableName = _table, Item = RuleSetItems.ToItem(version), ConditionExpression = IsNew }], ct);

    /// <inheritdoc/>
    public Task<bool> ReplaceAsync(
        IReadOnlyList<RuleSetVersion> changed, RuleSetPointers? pointers, CancellationToken ct = default) => WriteAsync(
        [
            .. changed.Select(version => Over(RuleSetItems.ToItem(version), version.Revision - 1)),
            .. pointers is null ? [] : new[] { Over(RuleSetItems.ToItem(pointers), pointers.Revision - 1) },
        ],
        ct);

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(Dictionary<string, AttributeValue> key, CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(new GetItemRequest { TableName = _table, Key = key, ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private Put Over(Dictionary<string, AttributeValue> item, long revision) => new()
    {
        TableName = _table,
        Item = item,
        ConditionExpression = $"{RuleSetItems.Revision} = :seen",
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":seen"] = Attr.N(revision) },
    };

    // The client sets one request token per call, so its own retries of this request write only once.
    private async Task<bool> WriteAsync(IEnumerable<Put> puts, CancellationToken ct)
    {
        try
        {
            await database.Client.TransactWriteItemsAsync(
                new TransactWriteItemsRequest { TransactItems = [.. puts.Select(put => new TransactWriteItem { Put = put })] }, ct);
            return true;
        }
        catch (TransactionCanceledException exception) when (
            exception.CancellationReasons?.Exists(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }
    }
}
