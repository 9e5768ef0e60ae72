using Amazon.DynamoDBv2;

namespace BankPortal.Infrastructure.Dynamo.Schema;

/// <summary>A key attribute of a table or index.</summary>
/// <param name="Name">The attribute's name (snake_case).</param>
/// <param name="Type">Its type: string, number or binary.</param>
public sealed record KeySpec(string Name, ScalarAttributeType Type)
{
    /// <summary>A string key.</summary>
    public static KeySpec S(string name) => new(name, ScalarAttributeType.S);

    /// <summary>A number key.</summary>
    public static KeySpec N(string name) => new(name, ScalarAttributeType.N);
}
