using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of alerts, the latest first.</summary>
/// <param name="Alerts">The alerts.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record AlertPage(ImmutableArray<Alert> Alerts, string? Next);

/// <summary>An alert in a list.</summary>
/// <param name="Alert">The alert.</param>
/// <param name="CustomerName">The customer's name; <see langword="null"/> for people who are not known any more.</param>
/// <param name="Transfer">The transfer as it is now; <see langword="null"/> should it not be found.</param>
/// <param name="Rules">The rule set that decided; <see langword="null"/> when it is not known here or none was asked.</param>
public sealed record AlertLine(Alert Alert, string? CustomerName, Transfer? Transfer, RuleSet? Rules);

/// <summary>A stretch of alerts as it is shown.</summary>
/// <param name="Lines">The alerts, the latest first.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record AlertList(ImmutableArray<AlertLine> Lines, string? Next);
