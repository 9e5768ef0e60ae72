using BankPortal.Tests.Architecture;

namespace BankPortal.Tests.Tiers;

/// <summary>Every test class is in exactly one tier, and the fast tier starts nothing slow.</summary>
[UnitTest]
public sealed class TierTests
{
    /// <summary>Fixtures that start an engine, a child process, a host or a browser.</summary>
    private static readonly Type[] SlowFixtures =
    [
        typeof(AuthPortal), typeof(ChromiumFixture), typeof(DynamoFixture), typeof(EngineKind), typeof(IdentityBank),
        typeof(Journeys.JourneyPortal), typeof(PortalHost), typeof(PortalProcess), typeof(TestEngines),
    ];

    private static readonly Type[] TestClasses =
    [
        // All but this one, which names the fixtures.
        .. typeof(TierTests).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }
            && type != typeof(TierTests)
            && type.GetMethods().Any(method => method.GetCustomAttributes<FactAttribute>().Any())),
    ];

    [Fact]
    public void TestClass_InThisProject_HasExactlyOneTier() =>
        Assert.Equal("", Lines(TestClasses.Where(type => Tiers(type).Count() != 1)));

    [Fact]
    public void TestClass_OfTierUnit_UsesNoSlowFixture() =>
        Assert.Equal("", Lines(TestClasses.Where(type => Tiers(type).Any(tier => tier is UnitTestAttribute) && UsesSlowFixture(type))));

    [Fact]
    public void TestClass_ThatUsesTheBrowser_IsOfTierBrowser() =>
        Assert.Equal("", Lines(TestClasses.Where(type =>
            TypeUse.Of(type).Contains(typeof(ChromiumFixture)) && Tiers(type).Any(tier => tier is not BrowserTestAttribute))));

    private static IEnumerable<TierAttribute> Tiers(Type type) => type.GetCustomAttributes<TierAttribute>(inherit: true);

    // Async methods and lambdas are compiled into nested types.
    private static bool UsesSlowFixture(Type type) =>
        TypeUse.Of(type).Overlaps(SlowFixtures) || type.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Any(UsesSlowFixture);

    private static string Lines(IEnumerable<Type> types) => string.Join(Environment.NewLine, types.Select(type => type.FullName));
}
