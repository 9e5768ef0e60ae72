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
