using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>One page of alerts, newest first.</summary>
/// <param name="Alerts">The alerts.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
public sealed record AlertPage(ImmutableArray<Alert> Alerts, string? Next);

/// <summary>An alert with what a list shows about it.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="CustomerName">The customer's name; <see langword="null"/> when it is unknown.</param>
/// <param name="Transfer">The current state of the transfer; <see langword="null"/> when it is not found.</param>
/// <param name="Rules">The rule set that decided; <see langword="null"/> when it is unknown or no rules were applied.</param>
public sealed record AlertLine(Alert Alert, string? CustomerName, Transfer? Transfer, RuleSet? Rules)
{
    /// <summary>Why the reader may not open a case about it; <see langword="null"/> when they may.</summary>
    public ConflictOfInterestError? Conflict { get; init; }
}

/// <summary>One page of alerts with what a list shows about them.</summary>
/// <param name="Lines">The alerts, newest first.</param>
/// <param name="Next">The cursor of the next page; <see langword="null"/> on the last page.</param>
public sealed record AlertList(ImmutableArray<AlertLine> Lines, string? Next);
