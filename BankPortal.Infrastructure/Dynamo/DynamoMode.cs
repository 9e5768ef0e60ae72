namespace BankPortal.Infrastructure.Dynamo;

/// <summary>The kind of database to connect to.</summary>
public enum DynamoMode
{
    /// <summary>
    /// An engine that the portal starts as a child process on loopback, with a local file. For development and evaluation.
    /// </summary>
    Embedded,

    /// <summary>Any DynamoDB-compatible address, for example DynamoDB Local in a container.</summary>
    Endpoint,

    /// <summary>Amazon DynamoDB, by region and the standard credential chain.</summary>
    Aws,
}
