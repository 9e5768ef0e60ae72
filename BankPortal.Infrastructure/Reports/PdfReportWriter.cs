using System.Security.Cryptography;
using System.Text;
using BankPortal.Core.Reports;
using BankPortal.Infrastructure.Statements.Pdf;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace BankPortal.Infrastructure.Reports;

/// <summary>
/// A report as PDF on A4, landscape where the table is wide: title, what it shows, the table with its headings on every page, and page
/// numbers; tagged for screen readers. Columns that do not fit are left out, and the file says so: the other formats have them.
/// </summary>
public sealed class PdfReportWriter : IReportFileWriter
{
    private const double Margin = 45;
    private const double RowHeight = 16;
    private const double TextWidth = 110;
    private const double NumberWidth = 82;
    private const int MostRows = 1_000;

    private static readonly XColor Brand = XColor.FromArgb(0x0c, 0x5c, 0x46);
    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x12, 0x21, 0x1b));
    private static readonly XBrush Soft = new XSolidBrush(XColor.FromArgb(0x4a, 0x5a, 0x52));
    private static readonly XPen Hairline = new(XColor.FromArgb(0xdc, 0xe4, 0xdf), 0.6);
    private static readonly XPen Rule = new(Brand, 0.9);

    /// <inheritdoc/>
    public string Extension => "pdf";

    /// <inheritdoc/>
    public string ContentType => "application/pdf";

    /// <inheritdoc/>
    public byte[] Write(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var document = new PdfDocument { PageLayout = PdfPageLayout.OneColumn };
        var seed = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(
            table.Title + string.Join('\n', table.About) + string.Join('\n', table.Rows.Select(row => string.Join('|', row))))))[..32];
        document.Info.Title = table.Title;
        document.Info.CreationDate = DateTime.UnixEpoch;
        document.Info.ModificationDate = DateTime.UnixEpoch;
        document.ViewerPreferences.DisplayDocTitle = true;
        var manager = UAManager.ForDocument(document);
        manager.SetDocumentLanguage("en-US");
        Draw(document, manager.StructureBuilder, table);
        PdfSettling.Compress(document);
        document.Internals.FirstDocumentID = seed;
        document.Internals.SecondDocumentID = seed;
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return PdfSettling.Settle(bytes.ToArray(), seed);
    }

    private static void Draw(PdfDocument document, StructureBuilder tags, ReportTable table)
    {
        var wanted = table.Columns.Sum(column => column.Kind == ReportColumnKind.Text ? TextWidth : NumberWidth);
        var isWide = wanted > 595 - (2 * Margin);
        var (width, height) = isWide ? (842.0, 595.0) : (595.0, 842.0);
        var fitting = 0;
        for (var used = 0.0; fitting < table.Columns.Length; fitting++)
        {
            used += table.Columns[fitting].Kind == ReportColumnKind.Text ? TextWidth : NumberWidth;
            if (used > width - (2 * Margin))
            {
                break;
            }
        }

        var about = table.About.ToList();
        if (fitting < table.Columns.Length)
        {
            about.Add($"{table.Columns.Length - fitting} columns do not fit on the page; the CSV and Excel files have them.");
        }

        if (table.Rows.Length > MostRows)
        {
            about.Add($"The first {MostRows} of {table.Rows.Length} lines; the CSV and Excel files have all.");
        }

        var (title, strong, text, note) =
            (StatementFonts.Strong(18), StatementFonts.Strong(8.5), StatementFonts.Text(8.5), StatementFonts.Text(8));
        var firstTop = Margin + 50 + (about.Count * 11);
        var rows = table.Rows.Take(MostRows).ToList();
        var pages = new List<List<ImmutableArray<object?>>> { new() };
        var space = height - Margin - 40 - firstTop - RowHeight;
        foreach (var row in rows)
        {
            if (space < RowHeight)
            {
                pages.Add([]);
                space = height - Margin - 40 - Margin - RowHeight;
            }

            pages[^1].Add(row);
            space -= RowHeight;
        }

        for (var number = 0; number < pages.Count; number++)
        {
            var page = document.AddPage();
            page.Size = PageSize.A4;
            page.Orientation = isWide ? PageOrientation.Landscape : PageOrientation.Portrait;
            using var graphics = XGraphics.FromPdfPage(page);
            var y = Margin;
            if (number == 0)
            {
                Paragraph(PdfBlockLevelElementTag.Heading1, table.Title, title, Ink, y + 18);
                y += 34;
                foreach (var line in about)
                {
                    Paragraph(PdfBlockLevelElementTag.Paragraph, line, note, Soft, y + 8);
                    y += 11;
                }

                y = firstTop;
            }

            tags.BeginElement(PdfBlockLevelElementTag.Table);
            Row([.. table.Columns.Select(column => (object?)column.Name)], PdfBlockLevelElementTag.TableHeaderCell, strong, Soft);
            Line(Rule);
            foreach (var row in pages[number])
            {
                Row(row, PdfBlockLevelElementTag.TableDataCell, text, Ink);
                Line(Hairline);
            }

            tags.End();
            tags.BeginArtifact();
            graphics.DrawString(
                string.Create(CultureInfo.InvariantCulture, $"Page {number + 1} of {pages.Count}"), note, Soft, new XPoint(Margin, height - 28));
            tags.End();

            void Paragraph(PdfBlockLevelElementTag tag, string line, XFont font, XBrush brush, double baseline)
            {
                tags.BeginElement(tag);
                Write(line, font, brush, Margin, baseline, width - (2 * Margin), toRight: false);
                tags.End();
            }

            void Row(ImmutableArray<object?> cells, PdfBlockLevelElementTag tag, XFont font, XBrush brush)
            {
                tags.BeginElement(PdfBlockLevelElementTag.TableRow);
                var x = Margin;
                for (var i = 0; i < fitting; i++)
                {
                    var isText = table.Columns[i].Kind == ReportColumnKind.Text;
                    var cell = isText ? TextWidth : NumberWidth;
                    tags.BeginElement(tag);
                    Write(CellText(table.Columns[i], cells[i]) + " ", font, brush, x, y + 11, cell - 6, toRight: !isText);
                    tags.End();
                    x += cell;
                }

                tags.End();
                y += RowHeight;
            }

            void Line(XPen pen)
            {
                tags.BeginArtifact();
                graphics.DrawLine(pen, Margin, y - 1.5, width - Margin, y - 1.5);
                tags.End();
            }

            void Write(string line, XFont font, XBrush brush, double x, double baseline, double most, bool toRight)
            {
                var shown = line;
                while (shown.Length > 2 && graphics.MeasureString(shown, font).Width > most)
                {
                    shown = shown[..^2].TrimEnd('…') + "…";
                }

                var left = toRight ? x + most - graphics.MeasureString(shown, font).Width : x;
                foreach (var (piece, face) in StatementFonts.Divide(shown, font))
                {
                    graphics.DrawString(piece, face, brush, new XPoint(left, baseline));
                    left += graphics.MeasureString(piece, face).Width;
                }
            }
        }
    }

    private static string CellText(ReportColumn column, object? cell) => (cell, column.Kind) switch
    {
        (null, ReportColumnKind.Text) => "",
        (null, _) => "–",
        (decimal number, ReportColumnKind.Money) =>
            number.ToString("N" + column.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
        (decimal number, ReportColumnKind.Ratio) => number.ToString("0.0 %", CultureInfo.InvariantCulture),
        (decimal number, _) => number.ToString("N0", CultureInfo.InvariantCulture),
        var (other, _) => other?.ToString() ?? "",
    };
}
