using System.Reflection;
using BankPortal.Core.Common;
using BankPortal.Infrastructure.Dynamo;
using Xunit;

namespace BankPortal.Tests.Architecture;

/// <summary>Holds the layers and rooms of the house apart.</summary>
public sealed class ArrowsTests
{
    private const string AttributeValue = "Amazon.DynamoDBv2.Model.AttributeValue";
    private static readonly Assembly Core = typeof(Money).Assembly;
    private static readonly Assembly Infrastructure = typeof(DynamoDatabase).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly string[] Roots = ["BankPortal.Core", "BankPortal.Infrastructure"];

    [Fact]
    public void Core_References_KnowNoAwsNoAspNetAndNoOtherLayer() =>
        AssertNone(Arrows.ForbiddenReferences(Core, "AWSSDK", "Amazon", "Microsoft.AspNetCore", "Microsoft.Extensions.Identity", "BankPortal"));

    [Fact]
    public void Infrastructure_References_DoNotIncludeWeb() =>
        AssertNone(Arrows.ForbiddenReferences(Infrastructure, "BankPortal.Web"));

    [Fact]
    public void Web_Types_DoNotUseAttributeValue() => AssertNone(Arrows.UsersOf(AttributeValue, Web.GetTypes()));

    [Fact]
    public void BasicRooms_InCoreAndInfrastructure_DoNotLookAtDerivedRooms() =>
        AssertNone(Arrows.UsesBetween(Arrows.BasicRooms, Arrows.DerivedRooms, [.. Core.GetTypes(), .. Infrastructure.GetTypes()], Roots));

    [Fact]
    public void Common_InCore_LooksAtNoRoom() =>
        AssertNone(Arrows.UsesBetween(["Common"], Arrows.Rooms, Core.GetTypes(), Roots));

    [Fact]
    public void Namespaces_InEveryLayer_AreRoomsOrKnownCommonGround()
    {
        AssertNone(Arrows.StrayNamespaces("BankPortal.Core", Core.GetTypes(), "Common"));
        AssertNone(Arrows.StrayNamespaces("BankPortal.Infrastructure", Infrastructure.GetTypes(), "Common", "Dynamo", "Security"));
        AssertNone(Arrows.StrayNamespaces(
            "BankPortal.Web", Web.GetTypes(),
            "Commands", "Common", "Components", "Demo", "Health", "Hosting", "Import", "Security", "Seed", "Shell"));
        AssertNone(Arrows.StrayNamespaces("BankPortal.Web.Components", Web.GetTypes(), "Charts", "Layout", "Pages", "Shared"));
    }

    // The rest proves that the rules above can break.

    [Fact]
    public void ForbiddenReferences_AssemblyThatHasOne_NamesIt() =>
        Assert.Contains("AWSSDK.DynamoDBv2", Arrows.ForbiddenReferences(Infrastructure, "AWSSDK"));

    [Fact]
    public void UsersOf_UseInsideAMethodBody_IsFound() =>
        Assert.Equal(
            ["BankPortal.Tests.Architecture.Sample.Ledger.LooksWhereItMayNot"],
            Arrows.UsersOf(AttributeValue, SampleTypes()));

    [Fact]
    public void UsesBetween_LedgerThatAsksFraud_IsFound()
    {
        var uses = Arrows.UsesBetween(Arrows.BasicRooms, Arrows.DerivedRooms, SampleTypes(), "BankPortal.Tests.Architecture.Sample");

        Assert.Contains(uses, use => use.EndsWith(".LooksWhereItMayNot uses BankPortal.Tests.Architecture.Sample.Fraud.Score", StringComparison.Ordinal));
        Assert.All(uses, use => Assert.Contains("LooksWhereItMayNot", use, StringComparison.Ordinal));
    }

    [Fact]
    public void UsesBetween_UseInAnAsyncMethodOrALambda_IsFound()
    {
        var uses = Arrows.UsesBetween(Arrows.BasicRooms, Arrows.DerivedRooms, SampleTypes(), "BankPortal.Tests.Architecture.Sample");

        Assert.Contains(uses, use => use.Contains("+<WaitsAsync>", StringComparison.Ordinal));
        Assert.Contains(uses, use => use.Contains("+<>c uses", StringComparison.Ordinal));
    }

    [Fact]
    public void StrayNamespaces_UnknownRoom_IsFound() =>
        Assert.Equal(
            ["BankPortal.Tests.Architecture.Sample.Weather"],
            Arrows.StrayNamespaces("BankPortal.Tests.Architecture.Sample", SampleTypes()));

    private static Type[] SampleTypes() =>
        [.. typeof(ArrowsTests).Assembly.GetTypes().Where(type =>
            type.Namespace?.StartsWith("BankPortal.Tests.Architecture.Sample", StringComparison.Ordinal) == true)];

    private static void AssertNone(IReadOnlyList<string> violations) =>
        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
}
