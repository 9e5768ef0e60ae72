namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>Some accounts' rows, in the order of the store.</summary>
/// <param name="Rows">The rows; there may be none although more follow.</param>
/// <param name="Next">Where the next page begins; <see langword="null"/> after the last.</param>
public sealed record AccountPage(ImmutableArray<AccountRow> Rows, string? Next);

/// <summary>An account's row as found.</summary>
/// <param name="Id">The account.</param>
/// <param name="Account">What it says; <see langword="null"/> when that cannot be read.</param>
public sealed record AccountRow(string Id, Account? Account);
