namespace BankPortal.Tests.Architecture;

/// <summary>Keeps the layers and modules of the portal apart.</summary>
[UnitTest]
public sealed class DependencyRulesTests
{
    private const string AttributeValue = "Amazon.DynamoDBv2.Model.AttributeValue";
    private const string Components = "BankPortal.Web.Components";
    private const string Features = "BankPortal.Web.Features";
    private const string Sample = "BankPortal.Tests.Architecture.Sample";

    /// <summary>What features may use of Hosting: tasks and notes at start, progress of commands, cultures, error references.</summary>
    private static readonly string[] HostingContracts =
    [
        "Hosting.IStartupTask", "Hosting.IStartupNote", "Hosting.Commands.ProgressLine", "Hosting.Culture.SupportedCultures",
        "Hosting.ErrorReference",
    ];

    private static readonly Assembly Core = typeof(Money).Assembly;
    private static readonly Assembly Infrastructure = typeof(DynamoDatabase).Assembly;
    private static readonly Assembly Web = typeof(Program).Assembly;
    private static readonly Type[] Types = [.. Core.GetTypes(), .. Infrastructure.GetTypes(), .. Web.GetTypes()];
    private static readonly string[] Roots = ["BankPortal.Core", "BankPortal.Infrastructure", Features];

    [Fact]
    public void Core_References_KnowNoAwsNoAspNetAndNoOtherLayer() =>
        AssertNone(DependencyRules.ForbiddenReferences(
            Core, "AWSSDK", "Amazon", "Microsoft.AspNetCore", "Microsoft.Extensions.Identity", "BankPortal"));

    [Fact]
    public void Infrastructure_References_DoNotIncludeWeb() =>
        AssertNone(DependencyRules.ForbiddenReferences(Infrastructure, "BankPortal.Web"));

    [Fact]
    public void Web_Types_DoNotUseAttributeValue() => AssertNone(DependencyRules.UsersOf(AttributeValue, Web.GetTypes()));

    [Fact]
    public void BasicModules_InEveryProject_DoNotUseDerivedModules() =>
        AssertNone(DependencyRules.UsesBetween(DependencyRules.BasicModules, DependencyRules.DerivedModules, Types, Roots));

    [Fact]
    public void Common_InCore_UsesNoModule() =>
        AssertNone(DependencyRules.UsesBetween(["Common"], DependencyRules.Modules, Core.GetTypes(), Roots));

    [Fact]
    public void Audit_InEveryProject_UsesNoModuleButIdentity() =>
        AssertNone(DependencyRules.UsesBetween(["Audit"], [.. DependencyRules.Modules.Except(["Audit", "Identity"])], Types, Roots));

    [Fact]
    public void Features_OfTheWeb_DoNotUseEachOther() =>
        AssertNone(DependencyRules.UsesAcrossFeatures(Features, Web.GetTypes()));

    [Fact]
    public void Components_OfTheWeb_UseNoFeature() =>
        AssertNone(DependencyRules.UsesOfFeatures(Components, Features, Web.GetTypes()));

    [Fact]
    public void Features_OfTheWeb_UseOnlyTheContractsOfHosting() =>
        AssertNone(DependencyRules.UsesOfNamespace(Features, "BankPortal.Web.Hosting", Web.GetTypes()), HostingContracts);

    [Fact]
    public void Namespaces_InEveryProject_AreModulesOrKnownFolders()
    {
        AssertNone(DependencyRules.StrayNamespaces("BankPortal.Core", Core.GetTypes(), [.. DependencyRules.Modules, "Common"]));
        AssertNone(DependencyRules.StrayNamespaces(
            "BankPortal.Infrastructure", Infrastructure.GetTypes(), [.. DependencyRules.Modules, "Common", "Dynamo", "Security"]));
        AssertNone(DependencyRules.StrayNamespaces("BankPortal.Web", Web.GetTypes(), "Components", "Features", "Hosting"));
        AssertNone(DependencyRules.StrayNamespaces(
            Components,
            Web.GetTypes(),
            "Charts", "Controls", "Export", "Formatting", "Grid", "Inputs", "Layout", "Pages", "Products", "Transactions"));
        AssertNone(DependencyRules.StrayNamespaces(Features, Web.GetTypes(), DependencyRules.Modules));
    }

    // The samples break every rule, to prove that each is noticed.

    [Fact]
    public void ForbiddenReferences_AssemblyThatHasOne_NamesIt() =>
        Assert.Contains("AWSSDK.DynamoDBv2", DependencyRules.ForbiddenReferences(Infrastructure, "AWSSDK"));

    [Fact]
    public void UsersOf_UseInsideAMethodBody_IsFound() =>
        Assert.Equal([$"{Sample}.Ledger.UsesFraud"], DependencyRules.UsersOf(AttributeValue, SampleTypes()));

    [Fact]
    public void UsesBetween_LedgerThatUsesFraud_IsFound()
    {
        var uses = DependencyRules.UsesBetween(DependencyRules.BasicModules, DependencyRules.DerivedModules, SampleTypes(), Sample);

        Assert.Contains($"{Sample}.Ledger.UsesFraud uses {Sample}.Fraud.Score", uses);
        Assert.All(uses, use => Assert.Contains("UsesFraud", use, StringComparison.Ordinal));
    }

    [Fact]
    public void UsesBetween_UseInAnAsyncMethodOrALambda_IsFound()
    {
        var uses = DependencyRules.UsesBetween(DependencyRules.BasicModules, DependencyRules.DerivedModules, SampleTypes(), Sample);

        Assert.Contains(uses, use => use.Contains("+<WaitsAsync>", StringComparison.Ordinal));
        Assert.Contains(uses, use => use.Contains("+<>c uses", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Common", "Shared uses", "Ledger.Obedient")]
    [InlineData("Audit", "Trail uses", "Ledger.Obedient")]
    public void UsesBetween_CommonOrAuditThatUsesTheLedger_IsFound(string module, string user, string used) =>
        Assert.Equal(
            [$"{Sample}.{module}.{user} {Sample}.{used}"],
            DependencyRules.UsesBetween([module], [.. DependencyRules.Modules.Except([module, "Identity"])], SampleTypes(), Sample));

    [Fact]
    public void UsesAcrossFeatures_ServicesOfIdentityAndCardsOfHome_AreAllowedAndNothingElse() =>
        Assert.Equal(
            [
                $"{Sample}.Features.Home.Start uses {Sample}.Features.Ledger.EntriesText",
                $"{Sample}.Features.Ledger.EntriesPage uses {Sample}.Features.Identity.Access.AccessPage",
                $"{Sample}.Features.Ledger.EntriesPage uses {Sample}.Features.Identity.SignIn.CodeInput",
            ],
            DependencyRules.UsesAcrossFeatures($"{Sample}.Features", SampleTypes()));

    [Fact]
    public void UsesOfFeatures_SharedComponentThatUsesAModule_IsFound() =>
        Assert.Equal(
            [$"{Sample}.Components.Layout.Frame uses {Sample}.Features.Ledger.EntriesText"],
            DependencyRules.UsesOfFeatures($"{Sample}.Components", $"{Sample}.Features", SampleTypes()));

    [Fact]
    public void UsesOfNamespace_TypeOfTheNamespaceItself_IsFound() =>
        Assert.Equal(
            [$"{Sample}.Audit.Trail uses {Sample}.Ledger.Obedient"],
            DependencyRules.UsesOfNamespace($"{Sample}.Audit", $"{Sample}.Ledger", SampleTypes()));

    [Fact]
    public void StrayNamespaces_UnknownModule_IsFound() =>
        Assert.Equal(
            [$"{Sample}.Weather"],
            DependencyRules.StrayNamespaces(Sample, SampleTypes(), [.. DependencyRules.Modules, "Common", "Components", "Features"]));

    private static Type[] SampleTypes() =>
        [.. typeof(DependencyRulesTests).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(Sample, StringComparison.Ordinal) == true)];

    private static void AssertNone(IEnumerable<string> violations, params string[] known) =>
        Assert.Equal("", string.Join(Environment.NewLine, violations.Where(violation =>
            !known.Any(exception => violation.Contains(exception, StringComparison.Ordinal)))));
}
