namespace BankPortal.Infrastructure.Dynamo;

/// <summary>Where the database is.</summary>
public enum DynamoMode
{
    /// <summary>An engine the portal starts itself, as a child process on loopback, with a local file. For development and trying out.</summary>
    Embedded,

    /// <summary>Any DynamoDB-compatible address, for example DynamoDB Local in a container.</summary>
    Endpoint,

    /// <summary>Amazon DynamoDB, by region and the standard credential chain.</summary>
    Aws,
}
