namespace BankPortal.Core.Ledger.Import;

/// <summary>How far an import is.</summary>
/// <param name="Done">Postings dealt with, those found posted by an earlier run included.</param>
/// <param name="Total">Postings in all.</param>
public readonly record struct ImportProgress(int Done, int Total);
