using BankPortal.Core.Ledger.Import;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>What was read from a file.</summary>
/// <param name="Format">The layout it turned out to have.</param>
/// <param name="Rows">The rows that could be read.</param>
/// <param name="Unreadable">The lines that could not, and why.</param>
public sealed record ImportFile(ImportFormat Format, ImmutableArray<ImportRow> Rows, ImmutableArray<ImportProblem> Unreadable);
