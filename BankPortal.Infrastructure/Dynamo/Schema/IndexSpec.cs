using System.Collections.Immutable;
using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>A global secondary index. It is eventually consistent in AWS: nothing that guards money or identity may read it.</summary>
/// <param name="Name">The index's name, unique in its table.</param>
/// <param name="PartitionKey">The index's partition key.</param>
/// <param name="SortKey">The index's sort key, if it has one.</param>
/// <param name="Projection">What is copied into the index; everything when null.</param>
/// <param name="Projected">The non-key attributes copied when <paramref name="Projection"/> is <c>INCLUDE</c>.</param>
public sealed record IndexSpec(
    string Name,
    KeySpec PartitionKey,
    KeySpec? SortKey = null,
    ProjectionType? Projection = null,
    params ImmutableArray<string> Projected);
