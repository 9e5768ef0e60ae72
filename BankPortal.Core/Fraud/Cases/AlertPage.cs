using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of alerts, the latest first.</summary>
/// <param name="Alerts">The alerts.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record AlertPage(ImmutableArray<Alert> Alerts, string? Next);
