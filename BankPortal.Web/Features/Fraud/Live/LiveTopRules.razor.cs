using BankPortal.Core.Fraud.Live;

namespace BankPortal.Web.Features.Fraud.Live;

public sealed partial class LiveTopRules
{
    private ImmutableArray<LiveRule> _rendered = [];
    private bool _hasRendered;

    [Inject] public required RulesInForce Rules { get; init; }

    /// <summary>The rules, the most frequent first.</summary>
    [Parameter, EditorRequired] public ImmutableArray<LiveRule> Top { get; set; } = [];

    protected override bool ShouldRender()
    {
        var isNew = !_hasRendered || !_rendered.AsSpan().SequenceEqual(Top.AsSpan());
        (_rendered, _hasRendered) = (Top, true);
        return isNew;
    }

    // A rule leads to the transactions for which it fired.
    private static string LinkOf(LiveRule rule) => new LiveQuery { Rule = rule.RuleId }.AddressOf(BankRoutes.FraudLive);

    private string Share(LiveRule rule) =>
        (100m * rule.Count / Math.Max(1, Top[0].Count)).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
