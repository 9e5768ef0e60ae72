using System.Xml.Linq;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Identity;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace BankPortal.Infrastructure.Security;

/// <summary>
/// Stores the Data Protection key ring in the keys table, so that every node can read data that another node encrypted. Keys are
/// never removed: data encrypted with an old key must stay readable. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
public sealed class DynamoXmlRepository(DynamoDatabase database) : IXmlRepository
{
    private const string Prefix = "key#";
    private const int MostPerTransaction = 100;

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => Wait(ReadAsync);

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var item = new ItemWriter()
            .Set("key_id", Prefix + friendlyName)
            .Set("xml", element.ToString(SaveOptions.DisableFormatting))
            .ToItem();
        Wait(() => database.Client.PutItemAsync(new PutItemRequest
        {
            TableName = database.TableName(IdentityTables.Keys),
            Item = item,
            ConditionExpression = "attribute_not_exists(key_id)",
        }));
    }

    /// <summary>The stored keys with the ids of their rows.</summary>
    internal async Task<List<(string Id, string Xml)>> ReadRowsAsync(CancellationToken ct)
    {
        var rows = new List<(string Id, string Xml)>();
        var request = new ScanRequest
        {
            TableName = database.TableName(IdentityTables.Keys),
            ConsistentRead = true,
            FilterExpression = "begins_with(key_id, :prefix)",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":prefix"] = Attr.S(Prefix) },
        };
        do
        {
            var page = await database.Client.ScanAsync(request, ct);
            rows.AddRange((page.Items ?? []).Select(item => new ItemReader(item)).Select(row => (row.String("key_id"), row.String("xml"))));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return rows;
    }

    /// <summary>Stores another text for a key, unless it has changed since it was read.</summary>
    /// <returns>Whether it was stored.</returns>
    internal async Task<bool> ReplaceAsync(string id, string oldXml, string newXml, CancellationToken ct)
    {
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = database.TableName(IdentityTables.Keys),
                    Item = new ItemWriter().Set("key_id", id).Set("xml", newXml).ToItem(),
                    ConditionExpression = "xml = :old",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":old"] = Attr.S(oldXml) },
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>Stores other texts for keys, all or none: unless one of them has changed since it was read. A hundred keys are one
    /// transaction; a key ring gets there in some 25 years.</summary>
    /// <returns>Whether all were stored.</returns>
    internal async Task<bool> ReplaceAllAsync(IReadOnlyCollection<(string Id, string OldXml, string NewXml)> keys, CancellationToken ct)
    {
        foreach (var chunk in keys.Chunk(MostPerTransaction))
        {
            try
            {
                await database.Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest
                    {
                        TransactItems = [.. chunk.Select(key => new TransactWriteItem
                        {
                            Put = new Put
                            {
                                TableName = database.TableName(IdentityTables.Keys),
                                Item = new ItemWriter().Set("key_id", key.Id).Set("xml", key.NewXml).ToItem(),
                                ConditionExpression = "xml = :old",
                                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":old"] = Attr.S(key.OldXml) },
                            },
                        })],
                    },
                    ct);
            }
            catch (TransactionCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    // The framework's interface is synchronous and the SDK is asynchronous; running on the thread pool avoids deadlocks with the caller's
    // context. Reads happen about once a day on each node.
    private static T Wait<T>(Func<Task<T>> action) => Task.Run(action).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync() =>
        [.. (await ReadRowsAsync(CancellationToken.None)).Select(row => XElement.Parse(row.Xml))];
}
