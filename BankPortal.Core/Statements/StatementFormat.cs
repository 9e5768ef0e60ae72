namespace BankPortal.Core.Statements;

/// <summary>The kinds of files of a statement. Names are in addresses and in the keys of kept files: members may be added, never
/// renamed.</summary>
public enum StatementFormat
{
    /// <summary>To read, print and keep.</summary>
    Pdf,

    /// <summary>A table as text.</summary>
    Csv,

    /// <summary>A workbook.</summary>
    Xlsx,

    /// <summary>Open Financial Exchange 2, for programs of private finance.</summary>
    Ofx,

    /// <summary>Quicken Interchange Format, for older ones.</summary>
    Qif,

    /// <summary>The statement of ISO 20022, camt.053.001.08, for accounting.</summary>
    Camt053,

    /// <summary>The statement of SWIFT, for older accounting.</summary>
    Mt940,
}
