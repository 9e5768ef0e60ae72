namespace BankPortal.Core.Ledger.Import;

/// <summary>What came of an import.</summary>
/// <param name="Customers">Customers taken in.</param>
/// <param name="Accounts">Accounts opened or found.</param>
/// <param name="Postings">Postings made or found.</param>
/// <param name="AlreadyPosted">How many of them an earlier run had made.</param>
/// <param name="Problems">Lines that were not posted, and why; accounts whose balance differs from the plan.</param>
/// <param name="AccountIds">The imported accounts.</param>
public sealed record ImportOutcome(
    int Customers,
    int Accounts,
    int Postings,
    int AlreadyPosted,
    ImmutableArray<ImportProblem> Problems,
    ImmutableArray<string> AccountIds
);

/// <summary>A line of a file that was left out, or something about it worth knowing.</summary>
/// <param name="Line">The line, from 1; of several lines the first.</param>
/// <param name="Reason">Why, as a sentence for people.</param>
/// <param name="LinesLeftOut">How many lines are left out for this reason.</param>
public sealed record ImportProblem(int Line, string Reason, int LinesLeftOut = 1);

/// <summary>How far an import is.</summary>
/// <param name="Done">Postings dealt with, those found posted by an earlier run included.</param>
/// <param name="Total">Postings in all.</param>
public readonly record struct ImportProgress(int Done, int Total);
