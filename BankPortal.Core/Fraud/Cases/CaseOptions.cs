using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>Settings for working cases.</summary>
public sealed class CaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cases";

    /// <summary>How long after it was opened a fraud case has to be closed.</summary>
    public TimeSpan FraudDueAfter { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How long after opening a compliance case is due.</summary>
    public TimeSpan ComplianceDueAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How often the outbox is checked for alerts from other nodes or from before a restart. Alerts of this process are processed at
    /// once.
    /// </summary>
    public TimeSpan AlertSweepEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Returns how long after opening a case of that kind is due.</summary>
    public TimeSpan DueAfter(CaseKind kind) => kind == CaseKind.Compliance ? ComplianceDueAfter : FraudDueAfter;
}
