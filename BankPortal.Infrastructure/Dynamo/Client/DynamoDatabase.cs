using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>The one handle on the database: the client and the names of the tables. A singleton.</summary>
/// <param name="client">The client all requests go through.</param>
/// <param name="tablePrefix">What is put before every table's name.</param>
public sealed class DynamoDatabase(IAmazonDynamoDB client, string tablePrefix)
{
    /// <summary>The client. Safe for concurrent use; never dispose it.</summary>
    public IAmazonDynamoDB Client { get; } = client;

    /// <summary>What is put before every table's name.</summary>
    public string TablePrefix { get; } = tablePrefix;

    /// <summary>The table's full name in this database.</summary>
    public string TableName(TableSpec table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return TablePrefix + table.Name;
    }
}
