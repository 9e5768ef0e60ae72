using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Infrastructure.Fraud.Rules;

/// <summary>Stores the latest back-test report of each version, one row each, in the table of the versions. Thread-safe.</summary>
public sealed class DynamoBackTestStore(DynamoDatabase database) : IBackTestStore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<RiskOutcome>() },
    };

    private readonly string _table = database.TableName(FraudTables.RuleSets);

    /// <inheritdoc/>
    public Task SaveAsync(BackTestReport report, CancellationToken ct = default) => database.Client.PutItemAsync(
        new PutItemRequest
        {
            TableName = _table,
            Item = new ItemWriter()
                .Set(RuleSetItems.Group, RuleSetItems.BackTests)
                .Set(RuleSetItems.Item, RuleSetItems.NumberKey(report.Number))
                .Set("report", RuleSetItems.Pack(JsonSerializer.Serialize(report, Json)))
                .ToItem(),
        },
        ct);

    /// <inheritdoc/>
    public async Task<BackTestReport?> FindAsync(int number, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = RuleSetItems.Key(RuleSetItems.BackTests, RuleSetItems.NumberKey(number)),
                ConsistentRead = true,
            },
            ct);
        return response.Item is { Count: > 0 } item
            ? JsonSerializer.Deserialize<BackTestReport>(RuleSetItems.Unpack(new ItemReader(item).Bytes("report")), Json)
            : null;
    }
}
