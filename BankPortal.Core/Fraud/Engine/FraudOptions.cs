namespace BankPortal.Core.Fraud.Engine;

/// <summary>Settings for the fraud screening of transfers.</summary>
public sealed class FraudOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fraud";

    /// <summary>
    /// The time limit for gathering the background of a transfer, on top of the ledger's own read. When it is exceeded, the transfer is
    /// held for an analyst; it is never allowed without an assessment.
    /// </summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(50);
}
