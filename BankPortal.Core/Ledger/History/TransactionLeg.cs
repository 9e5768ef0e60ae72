using BankPortal.Core.Accounts;
using BankPortal.Core.Ledger.Posting;

namespace BankPortal.Core.Ledger.History;

/// <summary>The side of a transaction that is in one of the customer's own accounts.</summary>
/// <param name="Account">The account.</param>
/// <param name="Entry">The entry; <see langword="null"/> while nothing is posted.</param>
public sealed record TransactionLeg(Account Account, Entry? Entry);
