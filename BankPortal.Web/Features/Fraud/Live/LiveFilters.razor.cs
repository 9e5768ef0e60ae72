namespace BankPortal.Web.Features.Fraud.Live;

public sealed partial class LiveFilters
{
    private LiveQuery? _shown;
    private string _min = "";
    private string? _minError;

    [Inject] public required RulesInForce Rules { get; init; }

    /// <summary>The filters of the address.</summary>
    [Parameter, EditorRequired] public LiveQuery Query { get; set; } = default!;

    /// <summary>The outcomes in force; text in the address that is none is left out.</summary>
    [Parameter, EditorRequired] public ImmutableArray<RiskOutcome> Outcomes { get; set; } = [];

    /// <summary>What is wrong with the filters, by field.</summary>
    [Parameter, EditorRequired] public ImmutableDictionary<string, string> Errors { get; set; } = default!;

    /// <summary>The currency of amounts.</summary>
    [Parameter, EditorRequired] public Currency Currency { get; set; }

    /// <summary>Other filters were chosen.</summary>
    [Parameter] public EventCallback<LiveQuery> OnChanged { get; set; }

    // Rules that fired may be of an older version; the one in the address is offered, too.
    private IEnumerable<string> RuleChoices => Rules.Live.Set.Rules.Select(rule => rule.Id)
        .Append(FraudScreening.NotAssessable)
        .Concat(Query.Rule is { } chosen ? [chosen] : [])
        .Distinct(StringComparer.Ordinal);

    /// <summary>Removes all filters, and an amount that could not be read.</summary>
    public Task ClearAsync()
    {
        (_min, _minError) = ("", null);
        return OnChanged.InvokeAsync(new LiveQuery());
    }

    protected override void OnParametersSet()
    {
        // The page renders often; what is typed changes only with the address.
        if (!ReferenceEquals(_shown, Query) && _minError is null)
        {
            _min = QueryText.ParseAmount(Query.Min) is { } amount ? amount.ToString(CultureInfo.CurrentCulture) : Query.Min ?? "";
        }

        _shown = Query;
    }

    private string? ErrorOf(string field) => Errors.GetValueOrDefault(field);

    private Task ToggleAsync(RiskOutcome outcome)
    {
        var name = LiveQuery.NameOf(outcome);
        var names = Outcomes.Contains(outcome)
            ? Query.Outcomes.RemoveAll(o => string.Equals(o, name, StringComparison.OrdinalIgnoreCase))
            : Query.Outcomes.Add(name);
        return OnChanged.InvokeAsync(Query with { Outcomes = names });
    }

    private Task ChangeMinAsync(ChangeEventArgs e)
    {
        _min = (e.Value as string ?? "").Trim();
        _minError = null;
        if (_min.Length == 0)
        {
            return OnChanged.InvokeAsync(Query with { Min = null });
        }

        var parsed = MoneyText.Parse(_min, Currency);
        _minError = parsed.Error?.Message;
        return parsed.IsSuccess ? OnChanged.InvokeAsync(Query with { Min = QueryText.Format(parsed.Value.Amount) }) : Task.CompletedTask;
    }

    private Task ChangeRuleAsync(ChangeEventArgs e) => OnChanged.InvokeAsync(Query with { Rule = QueryText.OrNull(e.Value as string) });

    private Task ChangeAccountAsync(ChangeEventArgs e) =>
        OnChanged.InvokeAsync(Query with { Account = QueryText.OrNull((e.Value as string)?.Trim()) });
}
