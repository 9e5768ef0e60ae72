using System.Text.Json;

namespace BankPortal.Tests.Dynamo;

/// <summary>The CloudFormation template says what the code says.</summary>
[UnitTest]
public sealed class TablesTemplateTests
{
    [Fact]
    public void Template_Tables_EqualTheDefinitionsInCode()
    {
        using var template = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "deploy", "tables.template.json")));
        var resources = template.RootElement.GetProperty("Resources");

        Assert.Equal(
            BankTables.All.Select(Describe).Order(StringComparer.Ordinal),
            resources.EnumerateObject().Select(Describe).Order(StringComparer.Ordinal));
        Assert.All(resources.EnumerateObject(), table =>
        {
            var properties = table.Value.GetProperty("Properties");
            Assert.Equal("Retain", table.Value.GetProperty("DeletionPolicy").GetString());
            Assert.Equal("PAY_PER_REQUEST", properties.GetProperty("BillingMode").GetString());
            Assert.True(properties.GetProperty("DeletionProtectionEnabled").GetBoolean());
            Assert.True(properties.GetProperty("PointInTimeRecoverySpecification").GetProperty("PointInTimeRecoveryEnabled").GetBoolean());
            Assert.True(properties.GetProperty("SSESpecification").GetProperty("SSEEnabled").GetBoolean());
        });
    }

    private static string Describe(TableSpec table)
    {
        var indexes = table.Indexes.OrderBy(i => i.Name, StringComparer.Ordinal)
            .Select(i => $"{i.Name}({Keys(i.PartitionKey, i.SortKey)}) {i.Projection?.Value ?? "ALL"}");
        return $"{table.Name}({Keys(table.PartitionKey, table.SortKey)}) ttl:{table.TtlAttribute} {string.Join("; ", indexes)}";
    }

    private static string Keys(KeySpec partition, KeySpec? sort) =>
        string.Join(", ", new[] { partition, sort }.OfType<KeySpec>().Select(key => $"{key.Name} {key.Type.Value}"));

    private static string Describe(JsonProperty table)
    {
        var properties = table.Value.GetProperty("Properties");
        var types = properties
            .GetProperty("AttributeDefinitions")
            .EnumerateArray()
            .ToDictionary(
                a => a.GetProperty("AttributeName").GetString()!,
                a => a.GetProperty("AttributeType").GetString()!,
                StringComparer.Ordinal
            );
        string KeysOf(JsonElement owner) =>
            string.Join(
                ", ",
                owner
                    .GetProperty("KeySchema")
                    .EnumerateArray()
                    .Select(key => key.GetProperty("AttributeName").GetString()!)
                    .Select(name => $"{name} {types[name]}")
            );
        var indexes = properties.TryGetProperty("GlobalSecondaryIndexes", out var list)
            ? list.EnumerateArray()
                .OrderBy(i => i.GetProperty("IndexName").GetString(), StringComparer.Ordinal)
                .Select(i =>
                    $"{i.GetProperty("IndexName").GetString()}({KeysOf(i)}) {i.GetProperty("Projection").GetProperty("ProjectionType").GetString()}"
                )
            : [];
        var ttl = properties.TryGetProperty("TimeToLiveSpecification", out var expiry)
            ? expiry.GetProperty("AttributeName").GetString()
            : "";
        var name = properties
            .GetProperty("TableName")
            .GetProperty("Fn::Sub")
            .GetString()!
            .Replace("${TablePrefix}", "", StringComparison.Ordinal);
        return $"{name}({KeysOf(properties)}) ttl:{ttl} {string.Join("; ", indexes)}";
    }
}
