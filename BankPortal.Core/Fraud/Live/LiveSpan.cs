using BankPortal.Core.Ledger.Screening;

namespace BankPortal.Core.Fraud.Live;

/// <summary>What was asked for in a short span of time.</summary>
/// <param name="Start">When the span begins.</param>
/// <param name="Count">How many transfers.</param>
/// <param name="Volume">Their sum in the bank's main currency, in minor units.</param>
/// <param name="Passed">How many passed, those included that are not assessed.</param>
/// <param name="Alerted">How many passed with an alert.</param>
/// <param name="Held">How many were held.</param>
/// <param name="Blocked">How many were refused.</param>
public sealed record LiveSpan(DateTimeOffset Start, int Count, long Volume, int Passed, int Alerted, int Held, int Blocked)
{
    /// <summary>How many had this outcome.</summary>
    public int Of(RiskOutcome outcome) => outcome switch
    {
        RiskOutcome.Alert => Alerted,
        RiskOutcome.Hold => Held,
        RiskOutcome.Block => Blocked,
        _ => Passed,
    };
}
