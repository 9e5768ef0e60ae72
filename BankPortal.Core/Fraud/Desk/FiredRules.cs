using System.Collections.Concurrent;
using BankPortal.Core.Fraud.Engine;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Explains in plain English why a transfer was flagged. Thread-safe.</summary>
public sealed class FiredRules(RulesInForce rules, IRuleSetStore store)
{
    // A version that has decided never changes, and there are few of them, so they are cached for good.
    private readonly ConcurrentDictionary<int, RuleSet> _older = new();

    /// <summary>Loads the rule sets that decided: one round trip for each version that is neither in force nor loaded.</summary>
    public async Task PrepareAsync(IEnumerable<RiskVerdict?> verdicts, CancellationToken ct = default)
    {
        foreach (var version in verdicts.OfType<RiskVerdict>().Select(verdict => verdict.RuleSet).Distinct().ToList())
        {
            if (version > 0 && SetOf(version) is null && await store.FindAsync(version, ct) is { } found)
            {
                _older[version] = found.Set;
            }
        }
    }

    /// <summary>Returns the filled-in reasons of the rules that fired, highest score first. Call <see cref="PrepareAsync"/>
    /// before.</summary>
    public ImmutableArray<string> Of(RiskVerdict? verdict, CultureInfo culture)
    {
        if (verdict is null)
        {
            return [];
        }

        var set = SetOf(verdict.RuleSet);
        var facts = RiskFacts.Parse(verdict.Facts);
        return
        [
            .. verdict.Fired.Select(id =>
                id == FraudScreening.NotAssessable ? "It could not be assessed in time, so it is held to be safe."
                : set?.Rules.FirstOrDefault(rule => rule.Id == id) is { } rule ? RuleExplanation.Fill(rule.Reason, facts, culture)
                : Name(id)),
        ];
    }

    private RuleSet? SetOf(int version) =>
        rules.Live.Set.Version == version ? rules.Live.Set
        : rules.Shadow?.Set.Version == version ? rules.Shadow.Set
        : _older.GetValueOrDefault(version);

    // This process does not have the version. The rule's id still hints at what it is about.
    private string Name(string id) =>
        rules.Live.Set.Rules.FirstOrDefault(rule => rule.Id == id)?.Name is { } name ? name + "." : id.Replace('-', ' ') + ".";
}
