namespace BankPortal.Core.Fraud.Rules;

/// <summary>The running or most recent back-test of this node.</summary>
/// <param name="Number">The draft's version number.</param>
/// <param name="From">The start of the period, inclusive.</param>
/// <param name="Before">The end of the period, exclusive.</param>
/// <param name="StartedBy">The user id of the person who started it.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="State">The state.</param>
/// <param name="Transfers">The number of transfers replayed so far.</param>
/// <param name="Share">The fraction of the period that is done, from 0 to 1.</param>
public sealed record BackTestRun(
    int Number,
    DateTimeOffset From,
    DateTimeOffset Before,
    string StartedBy,
    DateTimeOffset StartedAt,
    BackTestState State,
    long Transfers,
    double Share);

/// <summary>The states of a back-test.</summary>
public enum BackTestState
{
    /// <summary>It is running.</summary>
    Running,

    /// <summary>It finished and its report is stored.</summary>
    Done,

    /// <summary>Somebody cancelled it, or the portal stopped. No report is stored.</summary>
    Cancelled,

    /// <summary>The ledger could not be read to the end. No report is stored.</summary>
    Failed,
}
