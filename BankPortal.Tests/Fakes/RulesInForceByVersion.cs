namespace BankPortal.Tests.Fakes;

/// <summary>The rule sets this process knows: those in force and the shipped one.</summary>
public sealed class RulesInForceByVersion(RulesInForce rules) : IDecidingRules
{
    /// <inheritdoc/>
    public Task<RuleSet?> FindAsync(int version, CancellationToken ct = default) => Task.FromResult(
        rules.Live.Set.Version == version ? rules.Live.Set
        : rules.Shadow?.Set.Version == version ? rules.Shadow.Set
        : ShippedRules.Version1.Version == version ? ShippedRules.Version1
        : null);
}
