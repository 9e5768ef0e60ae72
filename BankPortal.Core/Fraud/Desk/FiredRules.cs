using System.Collections.Concurrent;
using BankPortal.Core.Fraud.Engine;
using BankPortal.Core.Fraud.Rules;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>Why a transfer was flagged, in plain words.</summary>
public sealed class FiredRules(RulesInForce rules, IRuleSetStore store)
{
    // A version that decided never changes, and there are few of them.
    private readonly ConcurrentDictionary<int, RuleSet> _older = new();

    /// <summary>Makes sure that the rules which decided about these are at hand: one round trip for each version not in force, once.</summary>
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

    /// <summary>The reasons of the rules that fired, the heaviest first, with the numbers filled in. <see cref="PrepareAsync"/> comes first.</summary>
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
                id == FraudScreening.NotAssessable ? "It could not be assessed in time, and is held to be safe."
                : set?.Rules.FirstOrDefault(rule => rule.Id == id) is { } rule ? RuleExplanation.Fill(rule.Reason, facts, culture)
                : Name(id)),
        ];
    }

    private RuleSet? SetOf(int version) =>
        rules.Live.Set.Version == version ? rules.Live.Set
        : rules.Shadow?.Set.Version == version ? rules.Shadow.Set
        : _older.GetValueOrDefault(version);

    // Of a version this process does not have: its name still says what it was about.
    private string Name(string id) =>
        rules.Live.Set.Rules.FirstOrDefault(rule => rule.Id == id)?.Name is { } name ? name + "." : id.Replace('-', ' ') + ".";
}
