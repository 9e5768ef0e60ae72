using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of alerts as it is shown.</summary>
/// <param name="Lines">The alerts, the latest first.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record AlertList(ImmutableArray<AlertLine> Lines, string? Next);
