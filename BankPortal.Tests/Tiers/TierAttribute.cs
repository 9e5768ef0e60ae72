using Xunit.v3;

namespace BankPortal.Tests.Tiers;

/// <summary>
/// Says what the tests of a class need. It becomes the trait <c>Tier</c>, so that <c>dotnet test --filter Tier=Unit</c> runs one
/// tier. Every test class has exactly one, its own or its base class's.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class TierAttribute(string tier) : Attribute, ITraitAttribute
{
    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Tier", tier)];
}
