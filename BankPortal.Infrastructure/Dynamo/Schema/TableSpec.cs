using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>
/// The definition of one table, kept beside the code that uses it. Tables are created from these definitions, and the deployment
/// templates are checked against them. All tables are billed on demand.
/// </summary>
/// <param name="Name">The name without the configured prefix.</param>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="SortKey">The sort key, if the table has one.</param>
public sealed record TableSpec(string Name, KeySpec PartitionKey, KeySpec? SortKey = null)
{
    /// <summary>The table's global secondary indexes.</summary>
    public ImmutableArray<IndexSpec> Indexes { get; init; } = [];

    /// <summary>The attribute (epoch seconds) after which DynamoDB may delete an item; <see langword="null"/> when nothing
    /// expires.</summary>
    public string? TtlAttribute { get; init; }
}

/// <summary>A global secondary index. Indexes are eventually consistent in AWS: code that protects money or identity must not read
/// them.</summary>
/// <param name="Name">The index's name, unique in its table.</param>
/// <param name="PartitionKey">The index's partition key.</param>
/// <param name="SortKey">The index's sort key, if it has one.</param>
/// <param name="Projection">The attributes copied into the index; all when <see langword="null"/>.</param>
/// <param name="Projected">The non-key attributes copied when <paramref name="Projection"/> is <c>INCLUDE</c>.</param>
public sealed record IndexSpec(
    string Name,
    KeySpec PartitionKey,
    KeySpec? SortKey = null,
    ProjectionType? Projection = null,
    params ImmutableArray<string> Projected);

/// <summary>A key attribute of a table or index.</summary>
/// <param name="Name">The attribute's name (snake_case).</param>
/// <param name="Type">The type: string, number or binary.</param>
public sealed record KeySpec(string Name, ScalarAttributeType Type)
{
    /// <summary>Creates a string key.</summary>
    public static KeySpec S(string name) => new(name, ScalarAttributeType.S);

    /// <summary>Creates a number key.</summary>
    public static KeySpec N(string name) => new(name, ScalarAttributeType.N);
}
