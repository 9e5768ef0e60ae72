using System.Text.RegularExpressions;

namespace BankPortal.Core.Fraud.Engine;

/// <summary>Validates a rule set before it is used. Thread-safe.</summary>
public static partial class RuleSetValidator
{
    /// <summary>The most rules a set may have.</summary>
    public const int MaxRules = 200;

    /// <summary>The largest absolute score of a rule.</summary>
    public const int MaxScore = 1000;

    /// <summary>The longest rule name, in characters.</summary>
    public const int MaxNameLength = 60;

    /// <summary>The longest reason, in characters.</summary>
    public const int MaxReasonLength = 200;

    private const int MaxDepth = 4;
    private const int MaxComparisons = 20;

    /// <summary>Returns every error; empty when the set is valid.</summary>
    public static ImmutableArray<RuleValidationError> Find(RuleSet set)
    {
        var errors = ImmutableArray.CreateBuilder<RuleValidationError>();
        if (set.Rules.Length is 0 or > MaxRules)
        {
            errors.Add(new RuleValidationError(
                null, "rules", string.Create(CultureInfo.InvariantCulture, $"A rule set has 1 to {MaxRules} rules.")));
        }

        if (!(0 < set.Thresholds.Alert && set.Thresholds.Alert < set.Thresholds.Hold && set.Thresholds.Hold < set.Thresholds.Block))
        {
            errors.Add(new RuleValidationError(
                null, "thresholds", "The thresholds must rise: alert above zero, hold above alert, block above hold."));
        }

        foreach (var twice in set.Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            errors.Add(new RuleValidationError(twice.Key, "id", "Another rule has this id."));
        }

        foreach (var rule in set.Rules)
        {
            Check(rule, errors);
        }

        return errors.ToImmutable();
    }

    private static void Check(RiskRule rule, ImmutableArray<RuleValidationError>.Builder errors)
    {
        void Add(string field, string message) => errors.Add(new RuleValidationError(rule.Id, field, message));

        if (!Id().IsMatch(rule.Id))
        {
            Add("id", "An id has 2 to 40 lower-case letters, digits and hyphens, and begins with a letter.");
        }

        if (string.IsNullOrWhiteSpace(rule.Name) || rule.Name.Length > MaxNameLength)
        {
            Add("name", string.Create(CultureInfo.InvariantCulture, $"Give the rule a name of at most {MaxNameLength} characters."));
        }

        if (Math.Abs((long)rule.Score) > MaxScore)
        {
            Add("score", string.Create(CultureInfo.InvariantCulture, $"A score is between -{MaxScore} and {MaxScore}."));
        }

        if (string.IsNullOrWhiteSpace(rule.Reason) || rule.Reason.Length > MaxReasonLength)
        {
            Add("reason", string.Create(CultureInfo.InvariantCulture, $"Say why the rule fires, in at most {MaxReasonLength} characters."));
        }
        else if (RuleExplanation.FactsIn(rule.Reason).FirstOrDefault(name => RiskVocabulary.Find(name) is null) is { } unknown)
        {
            Add("reason", $"There is no fact {{{unknown}}}.");
        }

        var comparisons = 0;
        if (WrongIn(rule.When, 1, ref comparisons) is { } wrong)
        {
            Add("when", wrong);
        }
        else if (comparisons > MaxComparisons)
        {
            Add("when", string.Create(CultureInfo.InvariantCulture, $"A rule has at most {MaxComparisons} comparisons."));
        }
    }

    private static string? WrongIn(RiskCondition? condition, int depth, ref int comparisons)
    {
        if (depth > MaxDepth)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Conditions can be nested {MaxDepth} deep at most.");
        }

        switch (condition)
        {
            case RiskCondition.All or RiskCondition.Any:
                var parts = condition is RiskCondition.All all ? all.Parts : ((RiskCondition.Any)condition).Parts;
                if (parts.IsDefaultOrEmpty)
                {
                    return "A group needs at least one condition.";
                }

                foreach (var part in parts)
                {
                    if (WrongIn(part, depth + 1, ref comparisons) is { } wrong)
                    {
                        return wrong;
                    }
                }

                return null;

            case RiskCondition.Compare compare:
                comparisons++;
                return ErrorIn(compare);

            default:
                return "A condition is missing.";
        }
    }

    /// <summary>Returns the error of a single comparison; <see langword="null"/> when it is valid.</summary>
    public static string? ErrorIn(RiskCondition.Compare compare)
    {
        if (RiskVocabulary.Find(compare.Fact) is not { } fact)
        {
            return $"There is no fact '{compare.Fact}'.";
        }

        if (compare.Is == RiskComparison.IsUnknown)
        {
            return null;
        }

        var ordered = compare.Is is not (RiskComparison.Is or RiskComparison.IsNot);
        return fact switch
        {
            { IsOrdered: false } when ordered => $"{fact.Label}: can only be compared with \"is\" and \"is not\".",
            { Unit: RiskUnit.Flag } when compare.Value is not (0 or 1) => $"{fact.Label}: choose yes or no.",
            { Unit: RiskUnit.Choice } when compare.Value < 0
                || compare.Value >= fact.Choices.Length
                || compare.Value != decimal.Truncate(compare.Value) => $"{fact.Label}: choose one of the list.",
            { Unit: RiskUnit.HourOfDay } when compare.Value is < 0 or > 24 => $"{fact.Label}: an hour is between 0 and 24.",
            _ when compare.Value is < 0 or > 1_000_000_000 => $"{fact.Label}: enter a number between 0 and 1,000,000,000.",
            _ => null,
        };
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}

/// <summary>An error in a rule set, with a message for the person who edits it.</summary>
/// <param name="RuleId">The rule; <see langword="null"/> when the error concerns the whole set.</param>
/// <param name="Field">The field: <c>id</c>, <c>name</c>, <c>when</c>, <c>score</c>, <c>reason</c>, <c>thresholds</c>,
/// <c>rules</c>.</param>
/// <param name="Message">A sentence that says what is wrong.</param>
public sealed record RuleValidationError(string? RuleId, string Field, string Message);
