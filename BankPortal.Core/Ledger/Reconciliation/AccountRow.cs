using BankPortal.Core.Accounts;

namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>An account's row as found.</summary>
/// <param name="Id">The account.</param>
/// <param name="Account">What it says; <see langword="null"/> when that cannot be read.</param>
public sealed record AccountRow(string Id, Account? Account);
