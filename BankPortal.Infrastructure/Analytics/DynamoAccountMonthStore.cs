using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Months;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Stores month summaries in DynamoDB. The groups hold names and descriptions, so they are compressed and encrypted.
/// Thread-safe.</summary>
public sealed class DynamoAccountMonthStore(DynamoDatabase database, IFieldProtector protector) : IAccountMonthStore
{
    private const string Purpose = "analytics.months";

    // Sorts after every month.
    private const string Open = "open";

    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly string _table = database.TableName(AnalyticsTables.MonthSummaries);

    /// <inheritdoc/>
    public int MaxRows => 8;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountMonth>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        var months = new List<AccountMonth>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "account_id = :account AND month_key >= :from",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":account"] = Attr.S(accountId), [":from"] = Attr.S(KeyOf(from)) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            months.AddRange((response.Items ?? []).Select(FromItem));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return months;
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(AccountMonthWrite write, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        var open = new Put
        {
            TableName = _table,
            Item = ToItem(write.Open, Open),
            ConditionExpression = write.ExpectedLast == 0 ? "attribute_not_exists(account_id)" : "last_seq = :expected",
            ExpressionAttributeValues = write.ExpectedLast == 0
                ? null
                : new(StringComparer.Ordinal) { [":expected"] = Attr.N(write.ExpectedLast) },
        };
        var items = new List<TransactWriteItem> { new() { Put = open } };
        items.AddRange(write.Closed.Select(month => new TransactWriteItem
        {
            Put = new Put { TableName = _table, Item = ToItem(month, KeyOf(month.Month)) },
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

    private static string KeyOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private Dictionary<string, AttributeValue> ToItem(AccountMonth month, string key) => new ItemWriter()
        .Set("account_id", month.AccountId)
        .Set("month_key", key)
        .Set("month", (DateOnly?)month.Month)
        .Set("first_seq", month.FirstSequence)
        .Set("last_seq", month.LastSequence)
        .Set("last_at", month.LastAt)
        .Set("groups", protector.Protect(Purpose, Pack(month.Groups)))
        .ToItem();

    private AccountMonth FromItem(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new AccountMonth(
            read.String("account_id"),
            read.Day("month"),
            read.Long("first_seq"),
            read.Long("last_seq"),
            read.Time("last_at"),
            Unpack(protector.Unprotect(Purpose, read.String("groups"))));
    }

    private static string Pack(ImmutableArray<EntryGroup> groups)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(brotli, groups.Select(Row.Of), Json);
        }

        return Convert.ToBase64String(packed.ToArray());
    }

    private static ImmutableArray<EntryGroup> Unpack(string text)
    {
        using var brotli = new BrotliStream(new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        return [.. JsonSerializer.Deserialize<Row[]>(brotli, Json)!.Select(row => row.ToGroup())];
    }

    // The stored form: short names, one flat list for the amounts.
    private sealed record Row(
        TransferKind K, bool I, bool O, string C, string D, int N, long S, long W, int V, long[] A, long[] E)
    {
        public static Row Of(EntryGroup group) => new(
            group.Traits.Kind,
            group.Traits.IsIn,
            group.Traits.IsOwn,
            group.Traits.Counterparty,
            group.Traits.Description,
            group.Count,
            group.Sum,
            group.WeekendSum,
            group.WeekendCount,
            [.. group.Amounts.SelectMany(a => new[] { a.Key, a.Value })],
            [.. group.Seen.SelectMany(e => new[] { e.Day, e.Amount })]);

        public EntryGroup ToGroup() => new(
            new(K, I, O, C, D),
            N,
            S,
            W,
            V,
            A.Chunk(2).ToImmutableSortedDictionary(a => a[0], a => checked((int)a[1])),
            [.. E.Chunk(2).Select(e => new SeenEntry(checked((int)e[0]), e[1]))]);
    }
}
