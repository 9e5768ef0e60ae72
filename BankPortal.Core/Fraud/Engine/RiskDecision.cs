namespace BankPortal.Core.Fraud.Engine;

/// <summary>What a rule set makes of a transfer.</summary>
/// <param name="Outcome">What it leads to.</param>
/// <param name="Score">The sum of the scores of the rules that fired.</param>
/// <param name="Fired">The rules that fired, the heaviest first.</param>
public sealed record RiskDecision(RiskOutcome Outcome, int Score, ImmutableArray<RiskRule> Fired)
{
    /// <summary>The kinds of cases the rules that fired open.</summary>
    public IEnumerable<CaseKind> Cases => Fired.Where(rule => rule.OpensCase is not null).Select(rule => rule.OpensCase!.Value).Distinct();
}
