namespace BankPortal.Core.Fraud.Rules;

/// <summary>A back-test of this node, running or the last one that ran.</summary>
/// <param name="Number">The draft's number.</param>
/// <param name="From">The beginning of the period.</param>
/// <param name="Before">The end of the period.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="StartedAt">When.</param>
/// <param name="State">How it stands.</param>
/// <param name="Transfers">The transfers replayed so far.</param>
/// <param name="Share">How much of the period is done, from 0 to 1.</param>
public sealed record BackTestRun(
    int Number, DateTimeOffset From, DateTimeOffset Before, string StartedBy, DateTimeOffset StartedAt, BackTestState State, long Transfers, double Share);

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
