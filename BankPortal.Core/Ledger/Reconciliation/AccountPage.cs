using System.Collections.Immutable;

namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>Some accounts' rows, in the order of the store.</summary>
/// <param name="Rows">The rows; there may be none although more follow.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> after the last.</param>
public sealed record AccountPage(ImmutableArray<AccountRow> Rows, string? Next);
