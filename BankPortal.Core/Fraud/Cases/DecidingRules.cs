using System.Collections.Concurrent;
using BankPortal.Core.Fraud.Engine;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Finds rule sets in memory first, then in the store. A version that has decided never changes, so each is read only once.
/// Thread-safe.</summary>
public sealed class DecidingRules(RulesInForce rules, IRuleSetStore store) : IDecidingRules
{
    private readonly ConcurrentDictionary<int, RuleSet> _known = new();

    /// <inheritdoc/>
    public async Task<RuleSet?> FindAsync(int version, CancellationToken ct = default)
    {
        if (rules.Live.Set.Version == version)
        {
            return rules.Live.Set;
        }

        if (_known.TryGetValue(version, out var known))
        {
            return known;
        }

        return await store.FindAsync(version, ct) is { } stored ? _known.GetOrAdd(version, stored.Set) : null;
    }
}
