using System.Collections.Immutable;

namespace BankPortal.Core.Ledger.Import;

/// <summary>What came of an import.</summary>
/// <param name="Customers">Customers taken in.</param>
/// <param name="Accounts">Accounts opened or found.</param>
/// <param name="Postings">Postings made or found.</param>
/// <param name="AlreadyPosted">How many of them an earlier run had made.</param>
/// <param name="Problems">Lines that are not in the books, and why; accounts whose balance differs from the plan.</param>
/// <param name="AccountIds">The imported accounts.</param>
public sealed record ImportOutcome(
    int Customers, int Accounts, int Postings, int AlreadyPosted, ImmutableArray<ImportProblem> Problems, ImmutableArray<string> AccountIds);
