using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A stretch of a queue: open cases by when they are due, closed ones the latest first.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
public sealed record CasePage(ImmutableArray<Case> Cases, string? Next);
