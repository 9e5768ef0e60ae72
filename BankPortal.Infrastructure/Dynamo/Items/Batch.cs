using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>Batch requests, asked again for what DynamoDB left out.</summary>
public static class Batch
{
    // Tries for the keys that DynamoDB leaves out of an answer when it is busy.
    private const int MaxTries = 8;

    /// <summary>
    /// Reads items by key, from one or more tables, in one round trip unless DynamoDB leaves some out, which it does when
    /// it throttles or the answer is over 16 MB.
    /// </summary>
    /// <returns>The items found for each table asked for; the list is empty where none exist.</returns>
    /// <exception cref="ProvisionedThroughputExceededException">Some were left out every time.</exception>
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
}
