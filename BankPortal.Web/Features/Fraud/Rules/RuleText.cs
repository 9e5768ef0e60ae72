using BankPortal.Web.Features.Fraud.Engine;

namespace BankPortal.Web.Features.Fraud.Rules;

/// <summary>Short texts about rules.</summary>
public static class RuleText
{
    /// <summary>The text with a capital in front.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A score with its sign: "+45".</summary>
    public static string Signed(int score) => score.ToString("+#,0;−#,0;0", CultureInfo.CurrentCulture);

    /// <summary>What a rule weighs and does: "+45 points, decides hold, opens a fraud case".</summary>
    public static string Weight(RiskRule rule)
    {
        var parts = new List<string> { Signed(rule.Score) + (Math.Abs(rule.Score) == 1 ? " point" : " points") };
        if (rule.Decides is { } decides)
        {
            parts.Add(decides == Core.Ledger.Screening.RiskOutcome.Allow ? "decides nothing" : "at least " + RiskText.Verb(decides));
        }

        if (rule.OpensCase is { } kind)
        {
            parts.Add(kind == CaseKind.Compliance ? "opens a compliance case" : "opens a fraud case");
        }

        return string.Join(", ", parts);
    }
}
