using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Categories;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Stores each customer's category book as one encrypted document in DynamoDB. Thread-safe.</summary>
public sealed class DynamoCategoryBookStore(DynamoDatabase database, IFieldProtector protector) : ICategoryBookStore
{
    private const string Purpose = "analytics.categories";

    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter() },
    };

    // DynamoDB's limit of items in one batch read.
    private const int MaxReads = 100;

    private readonly string _table = database.TableName(AnalyticsTables.CategoryBooks);

    /// <inheritdoc/>
    public async Task<CategoryBook> ReadAsync(string userId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = new(StringComparer.Ordinal) { ["user_id"] = Attr.S(userId) },
                ConsistentRead = true,
            },
            ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return new CategoryBook();
        }

        return ToBook(item);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, CategoryBook>> ReadManyAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default)
    {
        var books = new Dictionary<string, CategoryBook>(StringComparer.Ordinal);
        foreach (var some in userIds.Distinct(StringComparer.Ordinal).Chunk(MaxReads))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_table] = new()
                {
                    Keys = [.. some.Select(id => new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["user_id"] = Attr.S(id) })],
                },
            };
            foreach (var item in (await Batch.GetAsync(database.Client, request, ct))[_table])
            {
                books[new ItemReader(item).String("user_id")] = ToBook(item);
            }
        }

        return books;
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(string userId, CategoryBook book, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(book);
        var item = new ItemWriter()
            .Set("user_id", userId)
            .Set("version", book.Version + 1)
            .Set("body", protector.Protect(Purpose, JsonSerializer.Serialize(book, Json)))
            .ToItem();
        return await VersionedRow.TryPutAsync(database.Client, _table, item, book.Version, ct);
    }

    private CategoryBook ToBook(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        var book = JsonSerializer.Deserialize<CategoryBook>(protector.Unprotect(Purpose, read.String("body")), Json)
            ?? throw new InvalidDataException("A category book is empty.");
        return book with { Version = read.Long("version") };
    }
}
