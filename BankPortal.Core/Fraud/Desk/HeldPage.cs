using System.Collections.Immutable;

namespace BankPortal.Core.Fraud.Desk;

/// <summary>The front of the queue of held transfers.</summary>
/// <param name="Lines">The transfers, the oldest first.</param>
/// <param name="HasMore">Whether more wait behind them.</param>
public sealed record HeldPage(ImmutableArray<HeldLine> Lines, bool HasMore);
