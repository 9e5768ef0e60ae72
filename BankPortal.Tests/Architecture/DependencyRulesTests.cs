using System.Reflection;

namespace BankPortal.Tests.Architecture;

/// <summary>Holds the layers and rooms of the house apart.</summary>
public sealed class DependencyRulesTests
{
    private const string AttributeValue = "Amazon.DynamoDBv2.Model.AttributeValue";
    private static readonly Assembly Core = typeof(Money).Assembly;
    private static readonly Assembly Infrastructure = typeof(DynamoDatabase).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly string[] Roots = ["BankPortal.Core", "BankPortal.Infrastructure"];

    [Fact]
    public void Core_References_KnowNoAwsNoAspNetAndNoOtherLayer() =>
        AssertNone(DependencyRules.ForbiddenReferences(Core, "AWSSDK", "Amazon", "Microsoft.AspNetCore", "Microsoft.Extensions.Identity", "BankPortal"));

    [Fact]
    public void Infrastructure_References_DoNotIncludeWeb() =>
        AssertNone(DependencyRules.ForbiddenReferences(Infrastructure, "BankPortal.Web"));

    [Fact]
    public void Web_Types_DoNotUseAttributeValue() => AssertNone(DependencyRules.UsersOf(AttributeValue, Web.GetTypes()));

    [Fact]
    public void BasicRooms_InCoreAndInfrastructure_DoNotLookAtDerivedRooms() =>
        AssertNone(DependencyRules.UsesBetween(DependencyRules.BasicRooms, DependencyRules.DerivedRooms, [.. Core.GetTypes(), .. Infrastructure.GetTypes()], Roots));

    [Fact]
    public void Common_InCore_LooksAtNoRoom() =>
        AssertNone(DependencyRules.UsesBetween(["Common"], DependencyRules.Rooms, Core.GetTypes(), Roots));

    [Fact]
    public void Namespaces_InEveryLayer_AreRoomsOrKnownCommonGround()
    {
        AssertNone(DependencyRules.StrayNamespaces("BankPortal.Core", Core.GetTypes(), "Common"));
        AssertNone(DependencyRules.StrayNamespaces("BankPortal.Infrastructure", Infrastructure.GetTypes(), "Common", "Dynamo", "Security"));
        AssertNone(DependencyRules.StrayNamespaces(
            "BankPortal.Web", Web.GetTypes(),
            "Commands", "Common", "Components", "Demo", "Health", "Hosting", "Import", "Security", "Seed", "Shell"));
        AssertNone(DependencyRules.StrayNamespaces("BankPortal.Web.Components", Web.GetTypes(), "Charts", "Layout", "Pages", "Shared"));
    }

    // The rest proves that the rules above can break.

    [Fact]
    public void ForbiddenReferences_AssemblyThatHasOne_NamesIt() =>
        Assert.Contains("AWSSDK.DynamoDBv2", DependencyRules.ForbiddenReferences(Infrastructure, "AWSSDK"));

    [Fact]
    public void UsersOf_UseInsideAMethodBody_IsFound() =>
        Assert.Equal(
            ["BankPortal.Tests.Architecture.Sample.Ledger.LooksWhereItMayNot"],
            DependencyRules.UsersOf(AttributeValue, SampleTypes()));

    [Fact]
    public void UsesBetween_LedgerThatAsksFraud_IsFound()
    {
        var uses = DependencyRules.UsesBetween(DependencyRules.BasicRooms, DependencyRules.DerivedRooms, SampleTypes(), "BankPortal.Tests.Architecture.Sample");

        Assert.Contains(uses, use => use.EndsWith(".LooksWhereItMayNot uses BankPortal.Tests.Architecture.Sample.Fraud.Score", StringComparison.Ordinal));
        Assert.All(uses, use => Assert.Contains("LooksWhereItMayNot", use, StringComparison.Ordinal));
    }

    [Fact]
    public void UsesBetween_UseInAnAsyncMethodOrALambda_IsFound()
    {
        var uses = DependencyRules.UsesBetween(DependencyRules.BasicRooms, DependencyRules.DerivedRooms, SampleTypes(), "BankPortal.Tests.Architecture.Sample");

        Assert.Contains(uses, use => use.Contains("+<WaitsAsync>", StringComparison.Ordinal));
        Assert.Contains(uses, use => use.Contains("+<>c uses", StringComparison.Ordinal));
    }

    [Fact]
    public void StrayNamespaces_UnknownRoom_IsFound() =>
        Assert.Equal(
            ["BankPortal.Tests.Architecture.Sample.Weather"],
            DependencyRules.StrayNamespaces("BankPortal.Tests.Architecture.Sample", SampleTypes()));

    private static Type[] SampleTypes() =>
        [.. typeof(DependencyRulesTests).Assembly.GetTypes().Where(type =>
            type.Namespace?.StartsWith("BankPortal.Tests.Architecture.Sample", StringComparison.Ordinal) == true)];

    private static void AssertNone(IReadOnlyList<string> violations) =>
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
}
