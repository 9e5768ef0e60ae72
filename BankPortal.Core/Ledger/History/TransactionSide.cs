using BankPortal.Core.Accounts;
using BankPortal.Core.Ledger.Posting;

namespace BankPortal.Core.Ledger.History;

/// <summary>One side of a transaction as staff see it.</summary>
/// <param name="AccountId">The account, which may be one of the bank's own.</param>
/// <param name="Account">The customer's account as it is now; <see langword="null"/> for the bank's own.</param>
/// <param name="OwnerName">The customer's name, if there is one.</param>
/// <param name="Entry">The entry in a customer's account; <see langword="null"/> while nothing is posted.</param>
public sealed record TransactionSide(string AccountId, Account? Account, string? OwnerName, Entry? Entry);
