using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Stores day summaries in DynamoDB. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="maxRows">
/// The most rows in one transaction besides the open day's row. DynamoDB allows 100 in all; engines from before 2022 allow fewer.
/// </param>
public sealed class DynamoAccountDayStore(DynamoDatabase database, int maxRows = DynamoAccountDayStore.DefaultMaxRows) : IAccountDayStore
{
    private const int DefaultMaxRows = 90;

    // The most items that DynamoDB gives in one batch.
    private const int MaxReads = 100;

    private readonly string _table = database.TableName(AnalyticsTables.DaySummaries);

    /// <inheritdoc/>
    public int MaxRows => maxRows;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountDay>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        var days = new List<AccountDay>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "account_id = :account AND day_key >= :from",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":account"] = Attr.S(accountId), [":from"] = Attr.Day(from) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            days.AddRange((response.Items ?? []).Select(AccountDayItems.FromItem));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return days;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, AccountDay>> ReadOpenAsync(
        IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        var found = new Dictionary<string, AccountDay>(StringComparer.Ordinal);
        foreach (var some in accountIds.Chunk(MaxReads))
        {
            foreach (var day in await GetAsync(some.Select(id => Key(id, AccountDayItems.Open)), ct))
            {
                found[day.AccountId] = day;
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<AccountDay?> FindAsync(string accountId, DateOnly day, CancellationToken ct = default)
    {
        var found = await GetAsync([Key(accountId, Attr.FormatDay(day)), Key(accountId, AccountDayItems.Open)], ct);
        return found.Find(row => row.Day == day);
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(AccountDayWrite write, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(write);

        var items = new List<TransactWriteItem>(write.Closed.Length + write.Removed.Length + 1) { OpenDay(write) };
        items.AddRange(write.Closed.Select(day => new TransactWriteItem
        {
            Put = new Put
            {
                TableName = _table,
                Item = AccountDayItems.ToItem(day, Attr.FormatDay(day.Day)),
                ConditionExpression = write.IsRepair ? null : "attribute_not_exists(account_id)",
            },
        }));
        items.AddRange(write.Removed.Select(day => new TransactWriteItem
        {
            Delete = new Delete { TableName = _table, Key = Key(write.AccountId, Attr.FormatDay(day)) },
        }));
        try
        {
            await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items }, ct);
            return true;
        }
        catch (TransactionCanceledException exception) when (
            exception.CancellationReasons?.Exists(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }
    }

    private async Task<List<AccountDay>> GetAsync(IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken ct)
    {
        var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
        {
            [_table] = new() { Keys = [.. keys], ConsistentRead = true },
        };
        var found = await Batch.GetAsync(database.Client, request, ct);
        return [.. found[_table].Select(AccountDayItems.FromItem)];
    }

    private static Dictionary<string, AttributeValue> Key(string accountId, string key) =>
        new(StringComparer.Ordinal) { ["account_id"] = Attr.S(accountId), ["day_key"] = Attr.S(key) };

    // The open day's row is the optimistic lock: it must be unchanged since the summaries were computed.
    private TransactWriteItem OpenDay(AccountDayWrite write)
    {
        var condition = write.ExpectedOpen is null ? "attribute_not_exists(account_id)" : "last_seq = :expected";
        var values = write.ExpectedOpen is { } expected
            ? new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":expected"] = Attr.N(expected.LastSequence) }
            : null;
        return (write.Open, write.ExpectedOpen) switch
        {
            ({ } open, _) => new()
            {
                Put = new Put
                {
                    TableName = _table,
                    Item = AccountDayItems.ToItem(open, AccountDayItems.Open),
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values,
                },
            },
            (null, not null) => new()
            {
                Delete = new Delete
                {
                    TableName = _table,
                    Key = Key(write.AccountId, AccountDayItems.Open),
                    ConditionExpression = condition,
                    ExpressionAttributeValues = values,
                },
            },
            _ => new()
            {
                ConditionCheck = new ConditionCheck
                {
                    TableName = _table,
                    Key = Key(write.AccountId, AccountDayItems.Open),
                    ConditionExpression = condition,
                },
            },
        };
    }
}
