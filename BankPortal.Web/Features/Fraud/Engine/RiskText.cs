namespace BankPortal.Web.Features.Fraud.Engine;

/// <summary>The names and tones of the outcomes of an assessment.</summary>
public static class RiskText
{
    /// <summary>All outcomes, from mild to severe.</summary>
    public static IReadOnlyList<RiskOutcome> Outcomes { get; } =
    [RiskOutcome.Allow, RiskOutcome.Alert, RiskOutcome.Hold, RiskOutcome.Block];

    /// <summary>The outcome of a transfer: "Held".</summary>
    public static string Name(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Allow => "Allowed",
        RiskOutcome.Alert => "Allowed with alert",
        RiskOutcome.Hold => "Held",
        RiskOutcome.Block => "Blocked",
        _ => outcome.ToString(),
    };

    /// <summary>What a rule or threshold does: "hold".</summary>
    public static string Verb(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Allow => "allow",
        RiskOutcome.Alert => "alert",
        RiskOutcome.Hold => "hold",
        RiskOutcome.Block => "block",
        _ => outcome.ToString(),
    };

    public static StatusTone Tone(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Allow => StatusTone.Positive,
        RiskOutcome.Alert => StatusTone.Information,
        RiskOutcome.Hold => StatusTone.Attention,
        RiskOutcome.Block => StatusTone.Negative,
        _ => StatusTone.Neutral,
    };
}
