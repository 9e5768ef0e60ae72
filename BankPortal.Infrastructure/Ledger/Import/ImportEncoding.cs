namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>How the characters of an import file are written as bytes.</summary>
public enum ImportEncoding
{
    /// <summary>UTF-8 with or without a byte order mark, or UTF-16 with one.</summary>
    Unicode,

    /// <summary>Windows-1252, the encoding of older Windows programs in western Europe and America.</summary>
    Windows1252,

    /// <summary>Latin-1 (ISO 8859-1).</summary>
    Latin1,
}
