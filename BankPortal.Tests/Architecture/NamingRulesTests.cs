using BankPortal.Bench;

namespace BankPortal.Tests.Architecture;

/// <summary>Names follow the rules of this codebase and the terms of its glossary.</summary>
[UnitTest]
public sealed class NamingRulesTests
{
    private static readonly Assembly Core = typeof(Money).Assembly;
    private static readonly Type[] Portal =
        [.. Core.GetTypes(), .. typeof(DynamoDatabase).Assembly.GetTypes(), .. typeof(Program).Assembly.GetTypes()];

    private static readonly Type[] Everything =
    [
        .. Portal, .. typeof(BenchOptions).Assembly.GetTypes(),
        .. typeof(NamingRulesTests).Assembly.GetTypes().Where(type => type.DeclaringType != typeof(NamingRulesTests)),
    ];

    // No sections of the configuration: what a chart draws, the mail server inside NotificationOptions, the size of a demo.
    private static readonly string[] NoSections =
        ["ApexChartOptions", "FirstAdminOptions", "PlotOptions", "SimulationOptions", "SmtpOptions", "SnsOptions"];


    [Fact]
    public void Error_OfThePortal_EndsInError() => AssertNone(NamingRules.ErrorsWithoutSuffix(Portal));

    [Fact]
    public void Service_InCore_IsAClassOfWhichObjectsAreMade() => AssertNone(NamingRules.ServicesThatAreNoClass(Core.GetTypes()));

    [Fact]
    public void Options_OfThePortal_HaveAValidator() => AssertNone(NamingRules.OptionsWithoutValidator(Portal, NoSections));

    [Fact]
    public void AsyncMethod_OfThePortal_EndsInAsync() => AssertNone(NamingRules.AsyncMethodsWithoutSuffix(Portal));

    [Fact]
    public void Interface_InEveryProject_StartsWithI() => AssertNone(NamingRules.InterfacesWithoutPrefix(Everything));

    [Fact]
    public void Type_InEveryProject_HasNoBannedWordInItsName() =>
        AssertNone(NamingRules.TypesWithBannedWords(Everything));

    // The types at the end of this file break every rule, to prove that each is noticed.

    [Fact]
    public void ErrorsWithoutSuffix_Refusal_IsFound() => AssertFinds(nameof(AccountEmpty), NamingRules.ErrorsWithoutSuffix);

    [Fact]
    public void ServicesThatAreNoClass_StaticService_IsFound() => AssertFinds(nameof(PostingService), NamingRules.ServicesThatAreNoClass);

    [Fact]
    public void OptionsWithoutValidator_UnvalidatedOptions_AreFound() =>
        AssertFinds(nameof(LimitOptions), types => NamingRules.OptionsWithoutValidator([.. types], NoSections));

    [Fact]
    public void AsyncMethodsWithoutSuffix_TaskThatReadsAsAValue_IsFound() =>
        AssertFinds($"{nameof(IReads)}.{nameof(IReads.Balance)}", NamingRules.AsyncMethodsWithoutSuffix);

    [Fact]
    public void InterfacesWithoutPrefix_InterfaceThatReadsAsAClass_IsFound() =>
        AssertFinds(nameof(Reader), NamingRules.InterfacesWithoutPrefix);

    [Fact]
    public void TypesWithBannedWords_WordInsideAName_IsFound() => AssertFinds(nameof(LedgerRoomList), NamingRules.TypesWithBannedWords);

    private static void AssertFinds(string name, Func<IEnumerable<Type>, IReadOnlyList<string>> rule) =>
        Assert.Equal(
            [$"{typeof(NamingRulesTests).FullName}+{name}"],
            rule(typeof(NamingRulesTests).GetNestedTypes(BindingFlags.NonPublic)));

    private static void AssertNone(IEnumerable<string> violations, params string[] known) =>
        Assert.Equal("", string.Join(Environment.NewLine, violations.Where(violation =>
            !known.Any(name => violation.StartsWith(name, StringComparison.Ordinal)))));

    private sealed record AccountEmpty() : Error("The account is empty.");

    private static class PostingService;

    private sealed class LimitOptions;

#pragma warning disable CA1715 // The rule under test is the same.
    private interface Reader;
#pragma warning restore CA1715

    private interface IReads
    {
        Task<long> Balance();

        Task<long> LimitAsync();
    }

    private static class LedgerRoomList;
}
