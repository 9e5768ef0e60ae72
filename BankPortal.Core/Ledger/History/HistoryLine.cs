using BankPortal.Core.Accounts;
using BankPortal.Core.Ledger.Posting;

namespace BankPortal.Core.Ledger.History;

/// <summary>An entry together with the account it is in.</summary>
/// <param name="Account">The customer's account.</param>
/// <param name="Entry">The entry.</param>
public sealed record HistoryLine(Account Account, Entry Entry);
