namespace BankPortal.Core.Fraud.Rules;

/// <summary>How a back-test stands.</summary>
public enum BackTestState
{
    /// <summary>It is running.</summary>
    Running,

    /// <summary>Its report is kept.</summary>
    Done,

    /// <summary>Somebody cancelled it, or the portal stopped. Nothing is kept.</summary>
    Cancelled,

    /// <summary>The ledger could not be read to the end. Nothing is kept.</summary>
    Failed,
}
