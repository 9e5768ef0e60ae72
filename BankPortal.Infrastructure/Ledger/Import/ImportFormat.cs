namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>The column layouts the import reads.</summary>
public enum ImportFormat
{
    /// <summary>The portal's own layout, described in <c>docs/import.md</c>.</summary>
    Portal,

    /// <summary>The layout of ANZ's public synthesised transaction data set.</summary>
    Anz,

    /// <summary>Loans, one line each.</summary>
    Loans,
}
