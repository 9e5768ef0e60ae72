namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>A comparison while it is being edited.</summary>
public sealed class CompareDraft : ConditionDraft
{
    private static readonly ImmutableArray<RiskComparison> Ordered =
    [
        RiskComparison.AtLeast,
        RiskComparison.MoreThan,
        RiskComparison.AtMost,
        RiskComparison.LessThan,
        RiskComparison.Is,
        RiskComparison.IsNot,
        RiskComparison.IsUnknown,
    ];

    private static readonly ImmutableArray<RiskComparison> Unordered = [RiskComparison.Is, RiskComparison.IsNot, RiskComparison.IsUnknown];

    /// <summary>The key of the fact.</summary>
    public string Fact { get; private set; } = "";

    /// <summary>How it is compared.</summary>
    public RiskComparison Is { get; set; }

    /// <summary>With what, as typed.</summary>
    public string Text { get; set; } = "";

    /// <summary>What the fact means; <see langword="null"/> if the vocabulary has no such fact.</summary>
    public RiskFactDefinition? Definition => RiskVocabulary.Find(Fact);

    /// <summary>The comparisons that make sense for the fact.</summary>
    public ImmutableArray<RiskComparison> Choices => Definition is { IsOrdered: false } ? Unordered : Ordered;

    /// <summary>A comparison to be edited.</summary>
    public static CompareDraft Of(RiskCondition.Compare compare) =>
        new()
        {
            Fact = compare.Fact,
            Is = compare.Is,
            Text =
                RiskVocabulary.Find(compare.Fact) is { } fact && compare.Is != RiskComparison.IsUnknown
                    ? RuleValue.Format(fact, compare.Value)
                    : "",
        };

    /// <summary>A new one on the amount.</summary>
    public static CompareDraft New()
    {
        var draft = new CompareDraft();
        draft.Choose(RiskVocabulary.Of(RiskFact.Amount).Key);
        return draft;
    }

    /// <summary>Asks about another fact. What was typed stays if it is of the same unit.</summary>
    public void Choose(string fact)
    {
        var before = Definition?.Unit;
        Fact = fact;
        if (Definition is not { } now)
        {
            return;
        }

        Is = Choices.Contains(Is) && before is not null ? Is : Choices[0];
        Text = now.Unit == before && now.Unit != RiskUnit.Choice ? Text : RuleValue.Default(now);
    }

    /// <inheritdoc/>
    public override RiskCondition Read()
    {
        Error = null;
        var value = 0m;
        if (Definition is { } fact && Is != RiskComparison.IsUnknown)
        {
            var parsed = RuleValue.Parse(fact, Text);
            value = parsed.IsSuccess ? parsed.Value : 0;
            Error = parsed.Error?.Message;
        }

        var read = new RiskCondition.Compare(Fact, Is, value);
        Error ??= RuleSetValidator.ErrorIn(read);
        return read;
    }

    /// <inheritdoc/>
    public override IEnumerable<ConditionDraft> Everything() => [this];

    /// <inheritdoc/>
    public override ConditionDraft Copy() => new CompareDraft { Key = Key, Fact = Fact, Is = Is, Text = Text };
}
