using System.Collections.Immutable;

namespace BankPortal.Core.Ledger.Import;

/// <summary>What an import will do; made from the file alone, so the same file always gives the same plan.</summary>
/// <param name="Source">Names the other books; part of every key.</param>
/// <param name="Customers">The customers.</param>
/// <param name="Accounts">Their accounts with all postings.</param>
/// <param name="Problems">Lines that are left out, and why.</param>
public sealed record ImportPlan(
    string Source,
    ImmutableArray<ImportCustomer> Customers,
    ImmutableArray<ImportAccount> Accounts,
    ImmutableArray<ImportProblem> Problems)
{
    /// <summary>How many postings there are.</summary>
    public int StepCount => Accounts.Sum(account => account.Steps.Length);
}
