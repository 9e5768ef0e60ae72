using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>Sends batch requests and repeats them for the items that DynamoDB left out.</summary>
public static class Batch
{
    // The most items that DynamoDB takes in one batch of writes.
    private const int MaxWrites = 25;

    // Tries for the keys that DynamoDB leaves out of an answer when it is busy.
    private const int MaxTries = 8;

    /// <summary>
    /// Reads items by key from one or more tables. One round trip, unless DynamoDB leaves items out because of throttling or because the
    /// answer exceeds 16 MB.
    /// </summary>
    /// <returns>The items found, by table; an empty list for a table without matches.</returns>
    /// <exception cref="ProvisionedThroughputExceededException">Items were still left out after all retries.</exception>
    public static async Task<IReadOnlyDictionary<string, List<Dictionary<string, AttributeValue>>>> GetAsync(
        IAmazonDynamoDB client, Dictionary<string, KeysAndAttributes> request, CancellationToken ct = default)
    {
        var found = request.Keys.ToDictionary(table => table, _ => new List<Dictionary<string, AttributeValue>>(), StringComparer.Ordinal);
        var rest = request.Where(table => table.Value.Keys.Count > 0).ToDictionary(StringComparer.Ordinal);
        for (var attempt = 0; rest.Count > 0; attempt++)
        {
            if (attempt == MaxTries)
            {
                throw new ProvisionedThroughputExceededException("Items of a batch were left out every time.");
            }

            if (attempt > 0)
            {
                await Backoff.DelayAsync(attempt, ct);
            }

            var response = await client.BatchGetItemAsync(new BatchGetItemRequest { RequestItems = rest }, ct);
            foreach (var (table, items) in response.Responses ?? [])
            {
                found[table].AddRange(items);
            }

            rest = response.UnprocessedKeys ?? [];
        }

        return found;
    }

    /// <summary>Writes items to one table, in batches and without conditions. A repeat after a fault may write an item again.</summary>
    /// <exception cref="ProvisionedThroughputExceededException">Items were still left out after all retries.</exception>
    public static Task PutAsync(
        IAmazonDynamoDB client, string table, IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken ct = default) =>
        WriteAsync(client, table, items.Select(item => new WriteRequest(new PutRequest(item))), ct);

    /// <summary>Deletes items of one table by their keys, in batches and without conditions.</summary>
    /// <exception cref="ProvisionedThroughputExceededException">Items were still left out after all retries.</exception>
    public static Task DeleteAsync(
        IAmazonDynamoDB client, string table, IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken ct = default) =>
        WriteAsync(client, table, keys.Select(key => new WriteRequest(new DeleteRequest(key))), ct);

    private static async Task WriteAsync(IAmazonDynamoDB client, string table, IEnumerable<WriteRequest> writes, CancellationToken ct)
    {
        foreach (var some in writes.Chunk(MaxWrites))
        {
            var rest = new Dictionary<string, List<WriteRequest>>(StringComparer.Ordinal) { [table] = [.. some] };
            for (var attempt = 0; rest.Count > 0; attempt++)
            {
                if (attempt == MaxTries)
                {
                    throw new ProvisionedThroughputExceededException("Items of a batch were left out every time.");
                }

                if (attempt > 0)
                {
                    await Backoff.DelayAsync(attempt, ct);
                }

                rest = (await client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = rest }, ct)).UnprocessedItems ?? [];
            }
        }
    }
}
