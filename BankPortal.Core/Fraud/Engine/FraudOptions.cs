namespace BankPortal.Core.Fraud.Engine;

/// <summary>How the bank assesses transfers.</summary>
public sealed class FraudOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fraud";

    /// <summary>
    /// How long a transfer may wait for its assessment, beyond the ledger's own reading. When it takes longer, the transfer
    /// is held for an analyst: never waved through.
    /// </summary>
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(50);
}
