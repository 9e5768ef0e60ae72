using System.Text;
using BankPortal.Core.Reports;

namespace BankPortal.Infrastructure.Reports;

/// <summary>A report as CSV (RFC 4180) in UTF-8 with a byte order mark; numbers with a point, no cell is a formula.</summary>
public sealed class CsvReportWriter : IReportFileWriter
{
    /// <inheritdoc/>
    public string Extension => "csv";

    /// <inheritdoc/>
    public string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public byte[] Write(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var text = new StringBuilder();
        Line(table.Columns.Select(column => SpreadsheetText.Cell(column.Name)));
        foreach (var row in table.Rows)
        {
            Line(row.Select(cell => cell switch
            {
                null => "",
                decimal number => number.ToString(CultureInfo.InvariantCulture),
                var other => SpreadsheetText.Cell(other.ToString()),
            }));
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];

        void Line(IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
