namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>A rule while it is being edited.</summary>
public sealed class RuleDraft
{
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);

    /// <summary>Identifies it while it is on screen.</summary>
    public Guid Key { get; init; } = Guid.NewGuid();

    /// <summary>Whether it is new in this draft, so that its id can still be chosen.</summary>
    public bool IsNew { get; set; }

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string Score { get; set; } = "";

    public RiskOutcome? Decides { get; set; }

    public CaseKind? OpensCase { get; set; }

    public string Reason { get; set; } = "";

    public bool IsEnabled { get; set; } = true;

    public GroupDraft When { get; init; } = new();

    /// <summary>The number of errors in it.</summary>
    public int ErrorCount => _errors.Count + When.Everything().Count(condition => condition.Error is not null);

    /// <summary>A rule to be edited.</summary>
    public static RuleDraft Of(RiskRule rule) => new()
    {
        Id = rule.Id,
        Name = rule.Name,
        Score = rule.Score.ToString(CultureInfo.InvariantCulture),
        Decides = rule.Decides,
        OpensCase = rule.OpensCase,
        Reason = rule.Reason,
        IsEnabled = rule.IsEnabled,
        When = GroupDraft.Top(rule.When),
    };

    /// <summary>A new rule.</summary>
    public static RuleDraft New() => new()
    {
        IsNew = true,
        Score = "20",
        Reason = "{amount} is …",
        When = new GroupDraft { IsFrame = true, Parts = [CompareDraft.New()] },
    };

    /// <summary>The error of a field; <see langword="null"/> if it has none.</summary>
    public string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    /// <summary>The rule as far as it can be read.</summary>
    public RiskRule Read() => new()
    {
        Id = Id.Trim(),
        Name = TextInput.Clean(Name),
        When = When.Read(),
        Score = TryScore(out var score) ? score : 0,
        Decides = Decides,
        OpensCase = OpensCase,
        Reason = TextInput.Clean(Reason),
        IsEnabled = IsEnabled,
    };

    /// <summary>Takes the errors that were found in the rule, after <see cref="Read"/>.</summary>
    public void Take(IEnumerable<RuleValidationError> errors)
    {
        // An error in a single comparison is shown next to that comparison.
        var inside = When.Everything().Any(condition => condition.Error is not null);
        _errors = errors.Where(error => error.Field != "when" || !inside)
            .GroupBy(error => error.Field, StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.First().Message, StringComparer.Ordinal);
        if (!TryScore(out _))
        {
            _errors["score"] = "Enter a whole number.";
        }
    }

    /// <summary>The facts of a transfer the rule could fire for, to show its reason with.</summary>
    public RiskFacts Example(RiskRule rule, Currency currency)
    {
        var facts = RiskFacts.Of(currency);
        foreach (var key in RuleExplanation.FactsIn(rule.Reason))
        {
            if (RiskVocabulary.Find(key) is { } fact)
            {
                facts = facts.With((fact.Fact, RuleValue.Example(fact)));
            }
        }

        foreach (var compare in When.Everything().OfType<CompareDraft>().Where(compare => compare is { Error: null, Definition: not null }))
        {
            if (
                compare.Read() is RiskCondition.Compare
                {
                    Is: RiskComparison.AtLeast
                        or RiskComparison.MoreThan
                        or RiskComparison.AtMost
                        or RiskComparison.LessThan
                        or RiskComparison.Is
                } read
            )
            {
                var value = read.Is switch
                {
                    RiskComparison.MoreThan => read.Value + 1,
                    RiskComparison.LessThan => read.Value > 1 ? read.Value - 1 : read.Value / 2,
                    _ => read.Value,
                };
                facts = facts.With((compare.Definition!.Fact, value));
            }
        }

        return facts;
    }

    /// <summary>An independent copy.</summary>
    public RuleDraft Copy() =>
        new()
        {
            Key = Key,
            IsNew = IsNew,
            Id = Id,
            Name = Name,
            Score = Score,
            Decides = Decides,
            OpensCase = OpensCase,
            Reason = Reason,
            IsEnabled = IsEnabled,
            When = (GroupDraft)When.Copy(),
        };

    private bool TryScore(out int score) =>
        int.TryParse(
            Score.Replace('−', '-'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out score
        );
}
