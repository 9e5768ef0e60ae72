using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>Asks the database whether it answers, by reading one missing item: half a read unit. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="table">A table without a sort key, whose partition key is a text.</param>
public sealed class DatabaseProbe(DynamoDatabase database, TableSpec table)
{
    private const string ProbeKey = "health#probe";

    /// <summary>Returns when the database has answered; any exception says that it has not.</summary>
    public Task AskAsync(CancellationToken ct = default) => database.Client.GetItemAsync(
        new GetItemRequest
        {
            TableName = database.TableName(table),
            Key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [table.PartitionKey.Name] = Attr.S(ProbeKey) },
        },
        ct);
}
