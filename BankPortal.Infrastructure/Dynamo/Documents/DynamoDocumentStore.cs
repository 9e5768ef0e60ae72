using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Documents;

namespace BankPortal.Infrastructure.Dynamo.Documents;

/// <summary>
/// Keeps documents in DynamoDB: compressed, cut into parts that fit into rows, and each part encrypted together with its place, so that
/// no part can stand in for another. The row <c>head</c> is written last and on the condition that there is none. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts the parts.</param>
/// <param name="partSize">The most bytes of a part before it is encrypted; a row of DynamoDB has 400 KB at most.</param>
public sealed class DynamoDocumentStore(
    DynamoDatabase database, IFieldProtector protector, int partSize = DynamoDocumentStore.DefaultPartSize) : IDocumentStore
{
    private const int DefaultPartSize = 300_000;
    private const int CompressionQuality = 5;
    private const int CompressionWindow = 22;
    private const string Purpose = "documents.content";
    private const string Id = "document_id";
    private const string Part = "part_key";
    private const string Head = "head";

    private readonly string _table = database.TableName(DocumentTables.Documents);

    /// <inheritdoc/>
    public async Task<KeptDocument?> FindAsync(DocumentKey key, CancellationToken ct = default)
    {
        var rows = await ReadAsync(key, ct);
        if (!rows.TryGetValue(HeadKey(key), out var item))
        {
            return null;
        }

        var head = new ItemReader(item);
        var hash = head.Bytes("hash");
        var packed = new MemoryStream();
        if (head.IntOrNull("parts") is { } parts)
        {
            for (var number = 0; number < parts; number++)
            {
                var part = rows.TryGetValue(PartKey(key, hash, number), out var row)
                    ? new ItemReader(row).Bytes("content")
                    : throw new InvalidDataException($"Part {number} of the kept document {key.Id} {key.Name} is missing.");
                packed.Write(Open(key, number, part));
            }
        }
        else
        {
            packed.Write(Open(key, 0, head.Bytes("content")));
        }

        var content = Unpack(packed.GetBuffer().AsSpan(0, (int)packed.Length), head.Int("size"), key);
        return SHA256.HashData(content).AsSpan().SequenceEqual(hash)
            ? new KeptDocument(content, hash, head.Time("kept_at"))
            : throw Altered(key);
    }

    /// <inheritdoc/>
    public async Task<KeptDocument> KeepAsync(
        DocumentKey key, ReadOnlyMemory<byte> content, DateTimeOffset at, CancellationToken ct = default)
    {
        var document = KeptDocument.Of(content, at);
        var parts = Pack(content.Span).Chunk(partSize).Select((bytes, number) => Seal(key, number, bytes)).ToList();
        var head = new ItemWriter()
            .Set(Id, key.Id)
            .Set(Part, HeadKey(key))
            .Set("hash", document.Hash.ToArray())
            .Set("size", content.Length)
            .Set("kept_at", at);
        if (parts is [var only])
        {
            head.Set("content", only);
        }
        else
        {
            head.Set("parts", parts.Count);
            await Batch.PutAsync(database.Client, _table, parts.Select((bytes, number) => new ItemWriter()
                .Set(Id, key.Id)
                .Set(Part, PartKey(key, document.Hash.Span, number))
                .Set("content", bytes)
                .ToItem()), ct);
        }

        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = head.ToItem(),
                    ConditionExpression = $"attribute_not_exists({Id})",
                },
                ct);
            return document;
        }
        catch (ConditionalCheckFailedException exception)
        {
            return await FindAsync(key, ct)
                ?? throw new InvalidDataException($"The kept document {key.Id} {key.Name} is gone.", exception);
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(DocumentKey key, CancellationToken ct = default)
    {
        // The head first: from then on there is no document, and parts alone are never read.
        var response = await database.Client.DeleteItemAsync(
            new DeleteItemRequest
            {
                TableName = _table,
                Key = RowKey(key.Id, HeadKey(key)),
                ReturnValues = ReturnValue.ALL_OLD,
            },
            ct);
        if (response.Attributes is not { Count: > 0 } item)
        {
            return;
        }

        var head = new ItemReader(item);
        if (head.IntOrNull("parts") is not { } parts)
        {
            return;
        }

        var hash = head.Bytes("hash");
        await Batch.DeleteAsync(
            database.Client, _table, Enumerable.Range(0, parts).Select(number => RowKey(key.Id, PartKey(key, hash, number))), ct);
    }

    private static Dictionary<string, AttributeValue> RowKey(string id, string part) =>
        new(StringComparer.Ordinal) { [Id] = Attr.S(id), [Part] = Attr.S(part) };

    private static string HeadKey(DocumentKey key) => $"{key.Name}#{Head}";

    // With the hash in the key, two nodes that keep different contents at once do not mix their parts.
    private static string PartKey(DocumentKey key, ReadOnlySpan<byte> hash, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{key.Name}#{Convert.ToHexStringLower(hash[..8])}#{number:0000}");

    private static byte[] Place(DocumentKey key, int number) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{key.Id}#{key.Name}#{number}\n"));

    private static byte[] Pack(ReadOnlySpan<byte> content)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, packed, out var length, CompressionQuality, CompressionWindow)
            ? packed[..length]
            : throw new InvalidOperationException("The document could not be compressed.");
    }

    private static byte[] Unpack(ReadOnlySpan<byte> packed, int size, DocumentKey key)
    {
        var content = new byte[size];
        return BrotliDecoder.TryDecompress(packed, content, out var length) && length == size ? content : throw Altered(key);
    }

    private static InvalidDataException Altered(DocumentKey key) => new($"The kept document {key.Id} {key.Name} was altered.");

    private byte[] Seal(DocumentKey key, int number, byte[] bytes) =>
        protector.ProtectBytes(Purpose, [.. Place(key, number), .. bytes]);

    private ReadOnlySpan<byte> Open(DocumentKey key, int number, byte[] part)
    {
        byte[] bytes;
        try
        {
            bytes = protector.UnprotectBytes(Purpose, part);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException(Altered(key).Message, exception);
        }

        var place = Place(key, number);
        return bytes.AsSpan().StartsWith(place) ? bytes.AsSpan(place.Length) : throw Altered(key);
    }

    private async Task<Dictionary<string, Dictionary<string, AttributeValue>>> ReadAsync(DocumentKey key, CancellationToken ct)
    {
        var rows = new Dictionary<string, Dictionary<string, AttributeValue>>(StringComparer.Ordinal);
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Id} = :id AND begins_with({Part}, :name)",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":id"] = Attr.S(key.Id), [":name"] = Attr.S(key.Name + "#") },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                rows[item[Part].S] = item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return rows;
    }
}
