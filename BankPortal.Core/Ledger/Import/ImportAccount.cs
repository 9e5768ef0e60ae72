using System.Collections.Immutable;
using BankPortal.Core.Accounts;
using BankPortal.Core.Common;

namespace BankPortal.Core.Ledger.Import;

/// <summary>An account to import, with everything that is posted to it, in order.</summary>
/// <param name="CustomerId">The owner's id in the other books.</param>
/// <param name="AccountId">The account's id in the other books.</param>
/// <param name="Type">Its type.</param>
/// <param name="Currency">Its currency.</param>
/// <param name="Steps">The postings, oldest first.</param>
/// <param name="FinalBalance">What the account holds after the last of them.</param>
/// <param name="Adjusted">The sum of the adjustments among the steps, that is, what the file does not explain.</param>
public sealed record ImportAccount(
    string CustomerId,
    string AccountId,
    AccountType Type,
    Currency Currency,
    ImmutableArray<ImportStep> Steps,
    Money FinalBalance,
    Money Adjusted);
