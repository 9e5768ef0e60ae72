using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Reports.Cubes;

namespace BankPortal.Infrastructure.Reports;

/// <summary>Stores the cells of closed days and months, and the standing of accounts, in DynamoDB. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="maxContent">The most bytes of cells in one item: a row of DynamoDB has at most 400 KB.</param>
public sealed class DynamoCubeStore(DynamoDatabase database, int maxContent = 350_000) : ICubeStore
{
    /// <summary>Over how many partitions the standings are spread.</summary>
    public const int Shards = 16;

    private const string Part = "part";
    private const string Item = "item";
    private const string Counted = "counted";
    private const int AtOnce = 100;
    private const int WritesAtOnce = 16;

    private readonly string _table = database.TableName(ReportTables.Reports);

    /// <inheritdoc/>
    public async Task<DateOnly?> FindCountedToAsync(CancellationToken ct = default)
    {
        var request = new GetItemRequest { TableName = _table, Key = KeyOf(Counted, Counted), ConsistentRead = true };
        var response = await database.Client.GetItemAsync(request, ct);
        return response.Item is { Count: > 0 } item ? new ItemReader(item).Day("day") : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CubeRow>> ReadAsync(
        string cube, string scope, bool months, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        if (to < from)
        {
            return [];
        }

        var rows = new List<CubeRow>();
        var (day, content) = (default(DateOnly), new List<byte>());
        await foreach (var item in QueryAsync(PartOf(cube, scope, months), Attr.FormatDay(from), Attr.FormatDay(to) + "~9", ct))
        {
            var read = new ItemReader(item);
            var at = Attr.ParseDay(read.String(Item)[..10]);
            if (at != day)
            {
                Add();
                (day, content) = (at, []);
            }

            content.AddRange(read.Bytes("cells"));
        }

        Add();
        return rows;

        void Add()
        {
            if (content.Count > 0)
            {
                rows.Add(new CubeRow(cube, scope, months, day, CubeCells.Read(content.ToArray())));
            }
        }
    }

    /// <inheritdoc/>
    public Task SaveAsync(IReadOnlyCollection<CubeRow> rows, CancellationToken ct = default) =>
        Batch.PutAsync(
            database.Client,
            _table,
            rows.SelectMany(row => row.Cells.Write().Chunk(maxContent).Select((chunk, number) => new ItemWriter()
                .Set(Part, PartOf(row.Cube, row.Scope, row.IsMonth))
                .Set(Item, Attr.FormatDay(row.From) + (number == 0 ? "" : "~" + number.ToString(CultureInfo.InvariantCulture)))
                .Set("cells", chunk)
                .ToItem())),
            ct);

    /// <inheritdoc/>
    public async Task<bool> TryCountToAsync(DateOnly day, DateOnly? countedTo, CancellationToken ct = default)
    {
        var request = new PutItemRequest
        {
            TableName = _table,
            Item = new ItemWriter().Set(Part, Counted).Set(Item, Counted).Set("day", (DateOnly?)day).ToItem(),
            ConditionExpression = "attribute_not_exists(#part)",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part },
        };
        if (countedTo is { } expected)
        {
            request.ConditionExpression = "#day = :expected";
            request.ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#day"] = "day" };
            request.ExpressionAttributeValues = new(StringComparer.Ordinal) { [":expected"] = Attr.Day(expected) };
        }

        try
        {
            await database.Client.PutItemAsync(request, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AccountStanding>> FindStandingsAsync(
        IReadOnlyCollection<(string OwnerId, string AccountId)> accounts, CancellationToken ct = default)
    {
        var found = new List<AccountStanding>();
        foreach (var some in accounts.Distinct().Chunk(AtOnce))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_table] = new()
                {
                    Keys = [.. some.Select(account => KeyOf(ShardOf(account.OwnerId), ItemOf(account.OwnerId, account.AccountId)))],
                    ConsistentRead = true,
                },
            };
            found.AddRange((await Batch.GetAsync(database.Client, request, ct))[_table].Select(ToStanding));
        }

        return found;
    }

    /// <inheritdoc/>
    public Task SaveStandingsAsync(IReadOnlyCollection<AccountStanding> standings, CancellationToken ct = default) =>
        Parallel.ForEachAsync(
            standings,
            new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce, CancellationToken = ct },
            async (standing, token) => await SaveAsync(standing, token));

    /// <inheritdoc/>
    public async IAsyncEnumerable<AccountStanding> ReadStandingsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            await foreach (var item in QueryAsync(ShardName(shard), "!", "~", ct))
            {
                yield return ToStanding(item);
            }
        }
    }

    private static string PartOf(string cube, string scope, bool months) => $"cube#{cube}#{scope}#{(months ? "month" : "day")}";

    private static string ItemOf(string ownerId, string accountId) => ownerId + "#" + accountId;

    private static string ShardOf(string ownerId)
    {
        var sum = 0;
        foreach (var c in ownerId)
        {
            sum = ((sum * 31) + c) & 0xFFFF;
        }

        return ShardName(sum % Shards);
    }

    private static string ShardName(int shard) => string.Create(CultureInfo.InvariantCulture, $"account#{shard:00}");

    private static Dictionary<string, AttributeValue> KeyOf(string part, string item) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Item] = Attr.S(item) };

    private static Dictionary<string, AttributeValue> ToItem(AccountStanding standing)
    {
        var writer = new ItemWriter()
            .Set(Part, ShardOf(standing.OwnerId))
            .Set(Item, ItemOf(standing.OwnerId, standing.AccountId))
            .Set("owner", standing.OwnerId)
            .Set("account", standing.AccountId)
            .Set("type", standing.Type)
            .Set("opened", (DateOnly?)standing.Opened)
            .Set("currency", standing.Currency.Code)
            .Set("counted_to", standing.CountedTo);
        foreach (var (prefix, moved) in new[] { ("", standing.Now), ("before_", standing.Before) })
        {
            writer.Set(prefix + "balance", (long?)moved.Balance)
                .Set(prefix + "first_in", moved.FirstIn)
                .Set(prefix + "first_out", moved.FirstOut)
                .Set(prefix + "last", moved.Last);
        }

        return writer.ToItem();
    }

    private static AccountStanding ToStanding(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new AccountStanding
        {
            OwnerId = read.String("owner"),
            AccountId = read.String("account"),
            Type = read.Enum<AccountType>("type"),
            Opened = read.Day("opened"),
            Currency = Currency.Of(read.String("currency")),
            CountedTo = read.DayOrNull("counted_to"),
            Now = Moved(""),
            Before = Moved("before_"),
        };

        AccountStanding.Moved Moved(string prefix) => new(
            read.Long(prefix + "balance"),
            read.DayOrNull(prefix + "first_in"),
            read.DayOrNull(prefix + "first_out"),
            read.DayOrNull(prefix + "last"));
    }

    private async Task SaveAsync(AccountStanding standing, CancellationToken ct)
    {
        var request = new PutItemRequest
        {
            TableName = _table,
            Item = ToItem(standing),
            ConditionExpression = "attribute_not_exists(#part) OR counted_to <= :day",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":day"] = Attr.Day(standing.CountedTo ?? DateOnly.MinValue) },
        };
        try
        {
            await database.Client.PutItemAsync(request, ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // A later day is counted in: this node has lost its lease without noticing.
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string part, string from, string to, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "#part = :part AND #item BETWEEN :from AND :to",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part, ["#item"] = Item },
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":part"] = Attr.S(part),
                [":from"] = Attr.S(from),
                [":to"] = Attr.S(to),
            },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
