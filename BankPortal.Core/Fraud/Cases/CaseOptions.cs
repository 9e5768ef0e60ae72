using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>How cases are worked.</summary>
public sealed class CaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cases";

    /// <summary>How long after it was opened a fraud case has to be closed.</summary>
    public TimeSpan FraudDueAfter { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How long after it was opened a case of compliance has to be closed.</summary>
    public TimeSpan ComplianceDueAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How often alerts are looked for that this process was not told of: of other nodes, or of before a restart. Those of
    /// this process are taken up at once.
    /// </summary>
    public TimeSpan AlertSweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a case of that kind may stay open.</summary>
    public TimeSpan DueAfter(CaseKind kind) => kind == CaseKind.Compliance ? ComplianceDueAfter : FraudDueAfter;
}
