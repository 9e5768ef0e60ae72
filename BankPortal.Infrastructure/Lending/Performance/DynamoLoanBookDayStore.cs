using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Lending.Performance;

namespace BankPortal.Infrastructure.Lending.Performance;

/// <summary>Stores the days of the loan book in DynamoDB, compressed, by year. Thread-safe.</summary>
public sealed class DynamoLoanBookDayStore(DynamoDatabase database) : ILoanBookDayStore
{
    private const string Part = "part";
    private const string Item = "item_key";
    private const string Data = "data";
    private const string Head = "head";

    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly string _table = database.TableName(LendingTables.BookDays);

    /// <inheritdoc/>
    public async Task<LoanBookHead> ReadHeadAsync(CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(Head, Head), ConsistentRead = true }, ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return LoanBookHead.None;
        }

        var row = new ItemReader(item);
        return new LoanBookHead(row.DayOrNull("through"), row.DayOrNull("again_from"), row.Long("version"));
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteHeadAsync(LoanBookHead head, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(head);
        var isFirst = head.Version == 1;
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = new ItemWriter()
                        .Set(Part, Head)
                        .Set(Item, Head)
                        .Set("through", head.Through)
                        .Set("again_from", head.AgainFrom)
                        .Set("version", (long?)head.Version)
                        .ToItem(),
                    ConditionExpression = isFirst ? $"attribute_not_exists({Item})" : "version = :seen",
                    ExpressionAttributeValues = isFirst ? null : new(StringComparer.Ordinal) { [":seen"] = Attr.N(head.Version - 1) },
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
    public async Task<LoanBookDay?> FindAsync(DateOnly day, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(YearOf(day), Attr.FormatDay(day)), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? ToDay(new ItemReader(item)) : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<LoanBookDay>> FindAsync(IReadOnlyCollection<DateOnly> days, CancellationToken ct = default)
    {
        var found = new List<LoanBookDay>();
        foreach (var some in days.Distinct().Chunk(100))
        {
            var read = await Batch.GetAsync(
                database.Client,
                new(StringComparer.Ordinal)
                {
                    [_table] = new KeysAndAttributes
                    {
                        Keys = [.. some.Select(day => Key(YearOf(day), Attr.FormatDay(day)))],
                        ConsistentRead = true,
                    },
                },
                ct);
            found.AddRange(read[_table].Select(item => ToDay(new ItemReader(item))));
        }

        return [.. found.OrderBy(day => day.Day)];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<LoanBookDay>> ReadAsync(DateOnly from, DateOnly through, CancellationToken ct = default)
    {
        var years = Enumerable.Range(from.Year, Math.Max(0, through.Year - from.Year + 1));
        var read = await Task.WhenAll(years.Select(year => QueryAsync(year.ToString("D4", CultureInfo.InvariantCulture), from, through, ct)));
        return [.. read.SelectMany(some => some)];
    }

    /// <inheritdoc/>
    public Task SaveAsync(IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default) =>
        Batch.PutAsync(database.Client, _table, days.Select(day => ToItem(YearOf(day.Day), day)), ct);

    /// <inheritdoc/>
    public Task SavePartAsync(int part, IReadOnlyCollection<LoanBookDay> days, CancellationToken ct = default) =>
        Batch.PutAsync(database.Client, _table, days.Select(day => ToItem(PartOf(part), day)), ct);

    /// <inheritdoc/>
    public async Task<ImmutableArray<LoanBookDay>> ReadPartAsync(
        int part, DateOnly from, DateOnly through, CancellationToken ct = default) =>
        [.. await QueryAsync(PartOf(part), from, through, ct)];

    private static string YearOf(DateOnly day) => day.Year.ToString("D4", CultureInfo.InvariantCulture);

    private static string PartOf(int part) => "part#" + part.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, AttributeValue> Key(string part, string item) =>
        new(StringComparer.Ordinal) { [Part] = Attr.S(part), [Item] = Attr.S(item) };

    private static Dictionary<string, AttributeValue> ToItem(string part, LoanBookDay day)
    {
        using var bytes = new MemoryStream();
        using (var compressed = new BrotliStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(compressed, new Content([.. day.Cells], [.. day.Moves]), Json);
        }

        return new ItemWriter().Set(Part, part).Set(Item, Attr.FormatDay(day.Day)).Set(Data, bytes.ToArray()).ToItem();
    }

    private static LoanBookDay ToDay(ItemReader row)
    {
        using var compressed = new BrotliStream(new MemoryStream(row.Bytes(Data)), CompressionMode.Decompress);
        var content = JsonSerializer.Deserialize<Content>(compressed, Json)
            ?? throw new InvalidDataException("A day of the loan book is empty.");
        return new LoanBookDay(Attr.ParseDay(row.String(Item)), [.. content.Cells], [.. content.Moves]);
    }

    private async Task<List<LoanBookDay>> QueryAsync(string part, DateOnly from, DateOnly through, CancellationToken ct)
    {
        var days = new List<LoanBookDay>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Part} = :part AND {Item} BETWEEN :from AND :through",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":part"] = Attr.S(part),
                [":from"] = Attr.Day(from),
                [":through"] = Attr.Day(through),
            },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            days.AddRange((response.Items ?? []).Select(item => ToDay(new ItemReader(item))));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return days;
    }

    private sealed record Content(LoanBookCell[] Cells, LoanBookMove[] Moves);
}
