namespace BankPortal.Core.Fraud.Engine;

/// <summary>The decision of a rule set about a transfer.</summary>
/// <param name="Outcome">The outcome: allow, alert, hold or block.</param>
/// <param name="Score">The sum of the scores of the rules that fired.</param>
/// <param name="Fired">The rules that fired, those with the greatest effect first.</param>
public sealed record RiskDecision(RiskOutcome Outcome, int Score, ImmutableArray<RiskRule> Fired)
{
    /// <summary>The kinds of cases that the fired rules open.</summary>
    public IEnumerable<CaseKind> Cases => Fired.Where(rule => rule.OpensCase is not null).Select(rule => rule.OpensCase!.Value).Distinct();
}
