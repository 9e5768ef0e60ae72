using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>The database: the client and the names of the tables. A thread-safe singleton.</summary>
/// <param name="client">The client all requests go through.</param>
/// <param name="tablePrefix">The prefix of every table name.</param>
public sealed class DynamoDatabase(IAmazonDynamoDB client, string tablePrefix)
{
    /// <summary>The client. Safe for concurrent use; never dispose it.</summary>
    public IAmazonDynamoDB Client { get; } = client;

    /// <summary>The prefix of every table name.</summary>
    public string TablePrefix { get; } = tablePrefix;

    /// <summary>Returns the full name of a table in this database.</summary>
    public string TableName(TableSpec table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return TablePrefix + table.Name;
    }
}
