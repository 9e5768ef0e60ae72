using System.Collections.Immutable;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>
/// The definition of one table, kept beside the code that uses it. Tables are created from these and the deployment
/// templates are checked against them. All tables are billed on demand.
/// </summary>
/// <param name="Name">The table's name without the configured prefix.</param>
/// <param name="PartitionKey">The partition key.</param>
/// <param name="SortKey">The sort key, if the table has one.</param>
public sealed record TableSpec(string Name, KeySpec PartitionKey, KeySpec? SortKey = null)
{
    /// <summary>The table's global secondary indexes.</summary>
    public ImmutableArray<IndexSpec> Indexes { get; init; } = [];

    /// <summary>The attribute (epoch seconds) after which DynamoDB may delete an item; null when nothing expires.</summary>
    public string? TtlAttribute { get; init; }
}
