using Xunit.Sdk;
using Xunit.v3;

namespace BankPortal.Tests.Dynamo;

/// <summary>Runs a theory whose only parameter is an <see cref="EngineKind"/> once on each real engine.</summary>
/// <example><code>[Theory, EveryEngine]</code></example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryEngineAttribute : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Enum.GetValues<EngineKind>().Select(kind => new TheoryDataRow<EngineKind>(kind))]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
