namespace BankPortal.Core.Fraud.Engine;

/// <summary>
/// A rule set prepared for deciding many transfers: fact names are resolved and values converted once. Immutable, thread-safe.
/// </summary>
public sealed class CompiledRuleSet
{
    private readonly ImmutableArray<(RiskRule Rule, Func<RiskFacts, bool> Holds)> _rules;

    /// <summary>Compiles a rule set.</summary>
    /// <exception cref="ArgumentException">A rule has an error that <see cref="RuleSetValidator"/> would report.</exception>
    public CompiledRuleSet(RuleSet set)
    {
        Set = set;
        _rules = [.. set.Rules.Where(rule => rule.IsEnabled).Select(rule => (rule, Compile(rule.When)))];
    }

    /// <summary>The rule set.</summary>
    public RuleSet Set { get; }

    /// <summary>Applies the rules to the facts of a transfer: which rules fire, the score, and the outcome.</summary>
    public RiskDecision Decide(RiskFacts facts)
    {
        var score = 0;
        var outcome = RiskOutcome.Allow;
        ImmutableArray<RiskRule>.Builder? fired = null;
        foreach (var (rule, holds) in _rules)
        {
            if (!holds(facts))
            {
                continue;
            }

            score += rule.Score;
            outcome = rule.Decides > outcome ? rule.Decides.Value : outcome;
            (fired ??= ImmutableArray.CreateBuilder<RiskRule>()).Add(rule);
        }

        var byScore = ByScore(score);
        fired?.Sort(static (left, right) =>
            (right.Decides ?? RiskOutcome.Allow, right.Score).CompareTo((left.Decides ?? RiskOutcome.Allow, left.Score)));
        return new RiskDecision(byScore > outcome ? byScore : outcome, score, fired?.ToImmutable() ?? []);
    }

    private RiskOutcome ByScore(int score) =>
        score >= Set.Thresholds.Block ? RiskOutcome.Block
        : score >= Set.Thresholds.Hold ? RiskOutcome.Hold
        : score >= Set.Thresholds.Alert ? RiskOutcome.Alert
        : RiskOutcome.Allow;

    private static Func<RiskFacts, bool> Compile(RiskCondition condition) => condition switch
    {
        RiskCondition.All all => AllOf([.. all.Parts.Select(Compile)]),
        RiskCondition.Any any => AnyOf([.. any.Parts.Select(Compile)]),
        RiskCondition.Compare compare => Compile(compare),
        _ => throw new ArgumentException("A condition of an unknown kind.", nameof(condition)),
    };

    private static Func<RiskFacts, bool> AllOf(Func<RiskFacts, bool>[] parts) => facts =>
    {
        foreach (var part in parts)
        {
            if (!part(facts))
            {
                return false;
            }
        }

        return parts.Length > 0;
    };

    private static Func<RiskFacts, bool> AnyOf(Func<RiskFacts, bool>[] parts) => facts =>
    {
        foreach (var part in parts)
        {
            if (part(facts))
            {
                return true;
            }
        }

        return false;
    };

    private static Func<RiskFacts, bool> Compile(RiskCondition.Compare compare)
    {
        var definition = RiskVocabulary.Find(compare.Fact)
            ?? throw new ArgumentException($"There is no fact '{compare.Fact}'.", nameof(compare));
        var fact = (int)definition.Fact;
        var value = RiskFacts.ToHundredths(compare.Value);
        return compare.Is switch
        {
            RiskComparison.AtLeast => facts => facts.TryGet(fact, out var known) && known >= value,
            RiskComparison.MoreThan => facts => facts.TryGet(fact, out var known) && known > value,
            RiskComparison.AtMost => facts => facts.TryGet(fact, out var known) && known <= value,
            RiskComparison.LessThan => facts => facts.TryGet(fact, out var known) && known < value,
            RiskComparison.Is => facts => facts.TryGet(fact, out var known) && known == value,
            RiskComparison.IsNot => facts => facts.TryGet(fact, out var known) && known != value,
            RiskComparison.IsUnknown => facts => !facts.TryGet(fact, out _),
            _ => throw new ArgumentException("A comparison of an unknown kind.", nameof(compare)),
        };
    }
}
