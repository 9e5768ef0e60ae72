using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>Writes rows that have an optimistic lock in the attribute <c>version</c>.</summary>
internal static class VersionedRow
{
    /// <summary>
    /// Replaces a row if its stored version is still the one that was read, or adds it if there was none. One write.
    /// </summary>
    /// <param name="client">The client.</param>
    /// <param name="table">The table's full name.</param>
    /// <param name="item">The row as it is to be, with its new version.</param>
    /// <param name="expectedVersion">The version that was read; 0 when there was no row.</param>
    /// <param name="ct">Cancels the write.</param>
    /// <returns>Whether it was written; if not, somebody else has written since.</returns>
    public static async Task<bool> TryPutAsync(
        IAmazonDynamoDB client, string table, Dictionary<string, AttributeValue> item, long expectedVersion, CancellationToken ct)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = item,
            ConditionExpression = expectedVersion == 0 ? "attribute_not_exists(version)" : "version = :version",
            ExpressionAttributeValues = expectedVersion == 0
                ? null
                : new(StringComparer.Ordinal) { [":version"] = Attr.N(expectedVersion) },
        };
        try
        {
            await client.PutItemAsync(request, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
