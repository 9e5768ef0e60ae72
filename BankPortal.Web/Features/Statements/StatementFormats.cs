using BankPortal.Core.Statements;

namespace BankPortal.Web.Features.Statements;

/// <summary>What the formats of statements are called on screen.</summary>
internal static class StatementFormats
{
    /// <summary>The formats in the order in which they are offered.</summary>
    public static ImmutableArray<StatementFormat> All { get; } =
    [
        StatementFormat.Pdf, StatementFormat.Csv, StatementFormat.Xlsx, StatementFormat.Ofx, StatementFormat.Qif, StatementFormat.Camt053,
        StatementFormat.Mt940,
    ];

    /// <summary>The format's short name.</summary>
    public static string Name(StatementFormat format) => format switch
    {
        StatementFormat.Camt053 => "CAMT.053",
        _ => format.ToString().ToUpperInvariant(),
    };

    /// <summary>What the format is for.</summary>
    public static string Use(StatementFormat format) => format switch
    {
        StatementFormat.Pdf => "to read and print",
        StatementFormat.Csv => "a table as text",
        StatementFormat.Xlsx => "for Excel",
        StatementFormat.Ofx => "for finance programs",
        StatementFormat.Qif => "for Quicken",
        StatementFormat.Camt053 => "for accounting, ISO 20022",
        StatementFormat.Mt940 => "for accounting, SWIFT",
        _ => "",
    };
}
