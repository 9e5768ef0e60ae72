using BankPortal.Core.Reports;
using BankPortal.Infrastructure.Statements.Formats;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace BankPortal.Infrastructure.Reports;

/// <summary>
/// A report as a workbook: the sheet of figures, and the sheet of what it shows. Figures are numbers; no cell is a formula.
/// </summary>
public sealed class XlsxReportWriter : IReportFileWriter
{
    /// <inheritdoc/>
    public string Extension => "xlsx";

    /// <inheritdoc/>
    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <inheritdoc/>
    public byte[] Write(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);

        // The library finds columns by name, so equal names are told apart.
        var names = new List<string>();
        foreach (var column in table.Columns)
        {
            var name = SpreadsheetText.Cell(column.Name);
            names.Add(names.Contains(name, StringComparer.Ordinal) ? $"{name} ({names.Count + 1})" : name);
        }

        var settings = new OpenXmlConfiguration
        {
            TableStyles = TableStyles.Default,
            AutoFilter = true,
            DynamicColumns =
            [
                .. names.Zip(table.Columns, (name, column) => Column(name, column)),
                new DynamicExcelColumn("About this report") { Width = 90 },
            ],
        };
        var rows = table.Rows.Select(row => Row(names, row)).ToList();
        if (rows.Count == 0)
        {
            rows.Add(Row(names, [.. names.Select(_ => (object?)null)]));
        }

        using var bytes = new MemoryStream();
        MiniExcel.SaveAs(
            bytes,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["Figures"] = rows,
                ["About"] = table.About.Prepend(table.Title).Select(line =>
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["About this report"] = SpreadsheetText.Cell(line) }).ToList(),
            },
            configuration: settings);
        bytes.Position = 0;
        return XlsxSettling.Settle(bytes);
    }

    private static DynamicExcelColumn Column(string name, ReportColumn column) => column.Kind switch
    {
        ReportColumnKind.Text => new DynamicExcelColumn(name) { Width = 24 },
        ReportColumnKind.Number => new DynamicExcelColumn(name) { Width = 14, Format = "#,##0" },
        ReportColumnKind.Ratio => new DynamicExcelColumn(name) { Width = 14, Format = "0.0%" },
        _ => new DynamicExcelColumn(name)
        {
            Width = 18,
            Format = column.Currency.MinorUnitDigits == 0 ? "#,##0" : "#,##0." + new string('0', column.Currency.MinorUnitDigits),
        },
    };

    private static Dictionary<string, object?> Row(List<string> names, ImmutableArray<object?> cells)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            row[names[i]] = cells[i] is string text ? SpreadsheetText.Cell(text) : cells[i];
        }

        return row;
    }
}
