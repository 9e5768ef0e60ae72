using System.Text.RegularExpressions;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>Explains rules in plain English: what a condition means, why a rule fired, and why another did not. Thread-safe.</summary>
public static partial class RuleExplanation
{
    /// <summary>Explains the result of every enabled rule for these facts; rules that fired come first.</summary>
    public static ImmutableArray<RuleResult> Explain(RuleSet set, RiskFacts facts, CultureInfo culture)
    {
        var results = set.Rules.Where(rule => rule.IsEnabled).Select(rule => Explain(rule, facts, culture)).ToList();
        return
        [
            .. results.Where(result => result.HasFired).OrderByDescending(result => result.Rule.Score),
            .. results.Where(result => !result.HasFired),
        ];
    }

    /// <summary>Explains the result of one rule for these facts.</summary>
    public static RuleResult Explain(RiskRule rule, RiskFacts facts, CultureInfo culture) =>
        Misses(rule.When, facts, culture) is { } because
            ? new RuleResult(rule, false, Sentence(because))
            : new RuleResult(rule, true, Fill(rule.Reason, facts, culture));

    /// <summary>Fills the facts into a rule's reason. A name in braces that is not a fact is left as it is.</summary>
    public static string Fill(string reason, RiskFacts facts, CultureInfo culture) =>
        Placeholder().Replace(
            reason, match => RiskVocabulary.Find(match.Groups["fact"].Value) is { } fact ? facts.Display(fact.Fact, culture) : match.Value);

    /// <summary>Returns the names in braces in a reason, whether or not they are facts.</summary>
    public static IEnumerable<string> FactsIn(string reason) => Placeholder().Matches(reason).Select(match => match.Groups["fact"].Value);

    /// <summary>Describes a condition: "amount is at least $10,000.00 and new payee is yes".</summary>
    public static string Describe(RiskCondition condition, Currency currency, CultureInfo culture) => condition switch
    {
        RiskCondition.All all => Join(all.Parts, " and ", currency, culture),
        RiskCondition.Any any => Join(any.Parts, " or ", currency, culture),
        RiskCondition.Compare compare => Describe(compare, currency, culture),
        _ => "",
    };

    /// <summary>Returns the words for a comparison, as they stand between a fact and its value.</summary>
    public static string Of(RiskComparison comparison) => comparison switch
    {
        RiskComparison.AtLeast => "is at least",
        RiskComparison.MoreThan => "is more than",
        RiskComparison.AtMost => "is at most",
        RiskComparison.LessThan => "is less than",
        RiskComparison.Is => "is",
        RiskComparison.IsNot => "is not",
        _ => "is unknown",
    };

    private static string Describe(RiskCondition.Compare compare, Currency currency, CultureInfo culture)
    {
        if (RiskVocabulary.Find(compare.Fact) is not { } fact)
        {
            return $"{compare.Fact} {Of(compare.Is)} {compare.Value.ToString(culture)}";
        }

        return compare.Is == RiskComparison.IsUnknown
            ? $"{fact.Label} is unknown"
            : $"{fact.Label} {Of(compare.Is)} {RiskFacts.Display(fact.Fact, compare.Value, currency, culture)}";
    }

    private static string Join(ImmutableArray<RiskCondition> parts, string word, Currency currency, CultureInfo culture) =>
        string.Join(
            word,
            parts.Select(part =>
            {
                var text = Describe(part, currency, culture);
                return part is RiskCondition.Compare ? text : $"({text})";
            }));

    // Explains why the condition does not hold; null when it holds. For "all of", the first part that fails explains it.
    private static string? Misses(RiskCondition condition, RiskFacts facts, CultureInfo culture)
    {
        switch (condition)
        {
            case RiskCondition.All all:
                return all.Parts.Select(part => Misses(part, facts, culture)).FirstOrDefault(miss => miss is not null);
            case RiskCondition.Any any:
                var misses = any.Parts.Select(part => Misses(part, facts, culture)).ToList();
                return misses.Contains(null) ? null : string.Join(", and ", misses);
            case RiskCondition.Compare compare when RiskVocabulary.Find(compare.Fact) is { } fact:
                var holds = facts[fact.Fact] is { } known ? Holds(compare, known) : compare.Is == RiskComparison.IsUnknown;
                var requirement = Describe(compare, facts.Currency, culture)[(fact.Label.Length + 1)..];
                return holds ? null : $"{fact.Label} is {facts.Display(fact.Fact, culture)}, the rule asks that it {requirement}";
            default:
                return "the rule asks about something unknown";
        }
    }

    private static bool Holds(RiskCondition.Compare compare, decimal known) => compare.Is switch
    {
        RiskComparison.AtLeast => known >= compare.Value,
        RiskComparison.MoreThan => known > compare.Value,
        RiskComparison.AtMost => known <= compare.Value,
        RiskComparison.LessThan => known < compare.Value,
        RiskComparison.Is => known == compare.Value,
        RiskComparison.IsNot => known != compare.Value,
        _ => false,
    };

    private static string Sentence(string text) =>
        text.Length == 0 ? text : string.Concat(text[..1].ToUpperInvariant(), text.AsSpan(1), ".");

    [GeneratedRegex(
        @"\{(?<fact>[a-z0-9_]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}

/// <summary>The result of one rule for a transfer.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="HasFired">Whether it fired.</param>
/// <param name="Because">A sentence that says why it fired or not, with the figures.</param>
public sealed record RuleResult(RiskRule Rule, bool HasFired, string Because);
