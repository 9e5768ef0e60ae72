using System.Collections.Immutable;
using BankPortal.Core.Fraud.Engine;

namespace BankPortal.Core.Fraud.Cases;

/// <summary>A queue of cases as it is shown.</summary>
/// <param name="Lines">The cases.</param>
/// <param name="Next">Where the next stretch begins; <see langword="null"/> when there is none.</param>
/// <param name="Counts">How many there are.</param>
/// <param name="Kinds">The kinds the reader may see.</param>
public sealed record CaseQueue(ImmutableArray<CaseLine> Lines, string? Next, CaseCounts Counts, ImmutableArray<CaseKind> Kinds);
