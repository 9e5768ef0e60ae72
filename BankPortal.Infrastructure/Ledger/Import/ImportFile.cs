using BankPortal.Core.Ledger.Import;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>The content of an import file.</summary>
/// <param name="Format">The detected column layout.</param>
/// <param name="Rows">The rows that could be read.</param>
/// <param name="Unreadable">The lines that could not be read, with the reason.</param>
public sealed record ImportFile(ImportFormat Format, ImmutableArray<ImportRow> Rows, ImmutableArray<ImportProblem> Unreadable);
