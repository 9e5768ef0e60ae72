using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Infrastructure.Fraud.Rules;

/// <summary>Stores shadow counts and samples: a row of counters for each version, which all nodes add to, and samples that expire.
/// Thread-safe.</summary>
public sealed class DynamoShadowStore(DynamoDatabase database, TimeProvider time) : IShadowStore
{
    private const string Counts = "shadow-counts";
    private const string Samples = "shadow-samples#";
    private const string Since = "since";
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(60);

    // The most items in a DynamoDB batch write.
    private const int AtOnce = 25;

    private readonly string _table = database.TableName(FraudTables.RuleSets);

    /// <inheritdoc/>
    public async Task AddAsync(
        int number, IReadOnlyCollection<OutcomeCount> counts, IReadOnlyCollection<OutcomeSample> samples, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();

        // Write the samples first: writing one twice is harmless, counting twice is not.
        foreach (var chunk in samples.Chunk(AtOnce))
        {
            await Task.WhenAll(chunk.Select(sample => database.Client.PutItemAsync(
                new PutItemRequest { TableName = _table, Item = ToItem(number, sample, now) }, ct)));
        }

        if (counts.Count > 0)
        {
            await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _table,
                    Key = RuleSetItems.Key(Counts, RuleSetItems.NumberKey(number)),
                    UpdateExpression = $"SET {Since} = if_not_exists({Since}, :now) ADD "
                        + string.Join(", ", counts.Select((count, i) =>
                            string.Create(CultureInfo.InvariantCulture, $"{Name(count.Live, count.Other)} :c{i}"))),
                    ExpressionAttributeValues = counts
                        .Select((count, i) =>
                            KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $":c{i}"), Attr.N(count.Count)))
                        .Append(KeyValuePair.Create(":now", Attr.Time(now)))
                        .ToDictionary(StringComparer.Ordinal),
                },
                ct);
        }
    }

    /// <inheritdoc/>
    public async Task<ShadowComparison> ReadAsync(int number, int samples, CancellationToken ct = default)
    {
        var counts = database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = RuleSetItems.Key(Counts, RuleSetItems.NumberKey(number)),
                ConsistentRead = true,
            },
            ct);
        var found = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = $"{RuleSetItems.Group} = :group",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":group"] = Attr.S(Samples + RuleSetItems.NumberKey(number)) },
                ScanIndexForward = false,
                Limit = samples,
                ConsistentRead = true,
            },
            ct);
        if ((await counts).Item is not { Count: > 0 } item)
        {
            return ShadowComparison.Empty;
        }

        var row = new ItemReader(item);
        return new ShadowComparison(
            row.Time(Since),
            [
                .. from live in Enum.GetValues<RiskOutcome>()
                   from other in Enum.GetValues<RiskOutcome>()
                   let count = row.LongOrNull(Name(live, other))
                   where count is not null
                   select new OutcomeCount(live, other, count.Value),
            ],
            [.. (found.Items ?? []).Select(ToSample)]);
    }

    private static string Name(RiskOutcome live, RiskOutcome other) => $"n_{live}_{other}".ToLowerInvariant();

    private static Dictionary<string, AttributeValue> ToItem(int number, OutcomeSample sample, DateTimeOffset now) => new ItemWriter()
        .Set(RuleSetItems.Group, Samples + RuleSetItems.NumberKey(number))
        .Set(RuleSetItems.Item, $"{Attr.FormatTime(sample.At)}#{sample.TransferId}")
        .Set("transfer_id", sample.TransferId)
        .Set("at", sample.At)
        .Set("amount", sample.Amount)
        .Set("currency", sample.Currency)
        .Set("live", sample.Live)
        .Set("live_score", (long)sample.LiveScore)
        .Set("other", sample.Other)
        .Set("other_score", (long)sample.OtherScore)
        .SetTtl("expires_at", now + KeptFor)
        .ToItem();

    private static OutcomeSample ToSample(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new OutcomeSample(
            row.String("transfer_id"), row.Time("at"), row.Long("amount"), row.String("currency"),
            row.Enum<RiskOutcome>("live"), row.Int("live_score"), row.Enum<RiskOutcome>("other"), row.Int("other_score"));
    }
}
