using BankPortal.Core.Statements;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace BankPortal.Infrastructure.Statements.Pdf;

/// <summary>
/// Lays a statement out on pages and draws it: first which movements go on which page, so that every foot can say how many pages there are,
/// then page by page. Lengths are points. A space at the end of a line keeps it apart from the next for those who hear or copy the text.
/// For one use.
/// </summary>
internal sealed class StatementPages(PdfDocument document, StructureBuilder tags, Statement statement)
{
    private const double Left = 50;
    private const double Right = 545;
    private const double DateLeft = Left;
    private const double TextLeft = 112;
    private const double TextWidth = 216;
    private const double OutRight = 400;
    private const double InRight = 472;
    private const double FirstTableTop = 352;
    private const double TableTop = 92;
    private const double HeadHeight = 24;
    private const double Bottom = 768;
    private const double FootTop = 794;
    private const double TextSize = 9;
    private const double NoteSize = 8;
    private const double TextLine = 12;
    private const double NoteLine = 10.5;
    private const double RowPadding = 5;
    private const double EdgeRow = 23;
    private const double EndNotes = 62;

    private static readonly XColor Brand = XColor.FromArgb(0x0c, 0x5c, 0x46);
    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x12, 0x21, 0x1b));
    private static readonly XBrush InkSoft = new XSolidBrush(XColor.FromArgb(0x4a, 0x5a, 0x52));
    private static readonly XBrush BrandBrush = new XSolidBrush(Brand);
    private static readonly XBrush Attention = new XSolidBrush(XColor.FromArgb(0x8a, 0x4b, 0x00));
    private static readonly XBrush Panel = new XSolidBrush(XColor.FromArgb(0xf3, 0xf7, 0xf5));
    private static readonly XBrush White = XBrushes.White;
    private static readonly XPen Hairline = new(XColor.FromArgb(0xdc, 0xe4, 0xdf), 0.6);
    private static readonly XPen Rule = new(Brand, 0.9);

    private readonly XFont _title = StatementFonts.Strong(20);
    private readonly XFont _period = StatementFonts.Text(12.5);
    private readonly XFont _bank = StatementFonts.Strong(15);
    private readonly XFont _figure = StatementFonts.Strong(13);
    private readonly XFont _strong = StatementFonts.Strong(TextSize);
    private readonly XFont _text = StatementFonts.Text(TextSize);
    private readonly XFont _note = StatementFonts.Text(NoteSize);
    private readonly XFont _label = StatementFonts.Strong(NoteSize);
    private readonly Dictionary<(XFont Font, string Text), double> _widths = [];

    private XGraphics _graphics = null!;
    private bool _isIncomplete;

    /// <summary>Draws all pages.</summary>
    public void Draw()
    {
        using var measuring = XGraphics.CreateMeasureContext(new XSize(595, 842), XGraphicsUnit.Point, XPageDirection.Downwards);
        _graphics = measuring;
        _isIncomplete = StatementFonts.Lacks(statement.Holder)
            || StatementFonts.Lacks(statement.AccountName)
            || statement.Movements.Any(movement =>
                StatementFonts.Lacks(StatementText.Title(movement)) || StatementFonts.Lacks(StatementText.Below(movement)));
        var pages = Divide(statement.Movements.Select(RowOf).ToList());
        for (var number = 1; number <= pages.Count; number++)
        {
            var page = document.AddPage();
            page.Size = PageSize.A4;
            using var graphics = XGraphics.FromPdfPage(page);
            _graphics = graphics;
            Page(pages, number);
        }
    }

    private List<List<Row>> Divide(List<Row> rows)
    {
        var pages = new List<List<Row>> { new() };
        var space = Bottom - FirstTableTop - HeadHeight - EdgeRow;
        foreach (var row in rows)
        {
            if (row.Height > space)
            {
                pages.Add([]);
                space = Bottom - TableTop - HeadHeight - EdgeRow;
            }

            pages[^1].Add(row);
            space -= row.Height;
        }

        // The end of the table and the notes stay together, with a movement above them.
        var end = EdgeRow + EndNotes + (_isIncomplete ? NoteLine : 0) + (rows.Count == 0 ? EdgeRow : 0);
        if (end > space)
        {
            var last = pages[^1];
            pages.Add([]);
            if (last.Count > 1)
            {
                pages[^1].Add(last[^1]);
                last.RemoveAt(last.Count - 1);
            }
        }

        return pages;
    }

    private Row RowOf(StatementMovement movement)
    {
        var title = Wrap(StatementText.Title(movement), _text, TextWidth);
        var notes = StatementText.Below(movement) is { Length: > 0 } below ? Wrap(below, _note, TextWidth) : [];
        return new Row(movement, title, notes, (2 * RowPadding) + (title.Count * TextLine) + (notes.Count * NoteLine) - 2);
    }

    private void Page(List<List<Row>> pages, int number)
    {
        var rows = pages[number - 1];
        var isLast = number == pages.Count;
        double y;
        if (number == 1)
        {
            Letterhead();
            Heading();
            Figures();
            y = FirstTableTop;
        }
        else
        {
            Running();
            y = TableTop;
        }

        tags.BeginElement(PdfBlockLevelElementTag.Table);
        y = Columns(y);
        var before = BalanceBefore(pages, number);
        y = Edge(
            y, number == 1 ? statement.Period.From : null, number == 1 ? "Opening balance" : "Brought forward", before, isTotal: false);
        foreach (var row in rows)
        {
            y = Movement(row, y);
        }

        if (isLast)
        {
            if (statement.Movements.IsEmpty)
            {
                y = Nothing(y);
            }

            y = Edge(y, statement.Period.To, "Closing balance", statement.Closing, isTotal: true);
        }

        tags.End();
        if (isLast)
        {
            Notes(y);
        }

        Foot(number, pages.Count);
    }

    private Money BalanceBefore(List<List<Row>> pages, int number) =>
        pages.Take(number - 1).LastOrDefault(page => page.Count > 0) is [.., var last] ? last.Movement.Balance : statement.Opening;

    private void Letterhead()
    {
        tags.BeginArtifact();
        Mark(Left, 42, 30);
        tags.End();
        tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
        Write(statement.Bank.Name, _bank, BrandBrush, Left + 40, 62);
        tags.End();
        var y = statement.Bank.Contact.Length > 0 && statement.Bank.Address.Length > 0 ? 54.0 : 60.0;
        foreach (var line in new[] { statement.Bank.Address, statement.Bank.Contact }.Where(line => line.Length > 0))
        {
            tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            WriteRight(line, _note, InkSoft, Right, y);
            tags.End();
            y += 11;
        }

        DoubleRule(84);
    }

    private void Heading()
    {
        tags.BeginElement(PdfBlockLevelElementTag.Heading1);
        Write("Account statement", _title, Ink, Left, 122);
        tags.End();
        tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
        Write(StatementText.Title(statement.Period), _period, InkSoft, Left, 141);
        if (statement.IsProvisional)
        {
            WriteRight("PROVISIONAL", _strong, Attention, Right, 122);
        }

        tags.End();

        const double second = 312;
        var lines = Wrap(statement.Holder.Length > 0 ? statement.Holder : " ", _strong, second - Left - 20).Take(2).ToList();
        Fact("Account holder", lines, Left, 172, _strong);
        Fact(
            "Account",
            [.. Wrap(statement.AccountName, _text, second - Left - 20).Take(1), $"{statement.Number.Grouped}, {statement.Currency.Code}"],
            Left,
            172 + 18 + (lines.Count * TextLine),
            _text);
        Fact("Period", [$"{StatementText.Day(statement.Period.From)} to {StatementText.Day(statement.Period.To)}"], second, 172, _text);
        Fact("Statement", [statement.Reference], second, 172 + 18 + TextLine, _text);
    }

    private void Fact(string label, IReadOnlyList<string> lines, double x, double y, XFont font)
    {
        tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
        Write(label + " ", _note, InkSoft, x, y);
        foreach (var line in lines)
        {
            y += TextLine;
            Write(line + " ", font, Ink, x, y);
        }

        tags.End();
    }

    private void Figures()
    {
        const double top = 260;
        const double height = 66;
        tags.BeginArtifact();
        _graphics.DrawRoundedRectangle(Panel, Left, top, Right - Left, height, 8, 8);
        tags.End();
        var width = (Right - Left - 24) / 4;
        var x = Left + 14;
        Figure("Opening balance", statement.Opening, StatementText.Day(statement.Period.From), x);
        Figure("Money in", statement.TotalIn, Count(statement.CountIn, statement.Interest, "interest"), x + width);
        Figure("Money out", statement.TotalOut, Count(statement.CountOut, statement.Fees, "fees"), x + (2 * width));
        Figure("Closing balance", statement.Closing, StatementText.Day(statement.Period.To), x + (3 * width));

        void Figure(string label, Money amount, string note, double left)
        {
            tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            Write(label + " ", _note, InkSoft, left, top + 17);
            var text = Amount(amount, symbol: true);
            var font = _figure;
            for (var size = 12.5; Width(text, font) > width - 10 && size > 7; size -= 1)
            {
                font = StatementFonts.Strong(size);
            }

            Write(text + " ", font, Ink, left, top + 35);
            Write(note, _note, InkSoft, left, top + 52);
            tags.End();
        }
    }

    private static string Count(int count, Money part, string name)
    {
        var movements = count == 1 ? "1 movement" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} movements");
        return part.IsZero ? movements : $"{movements}, {name} {Amount(part, symbol: false)}";
    }

    private void Running()
    {
        tags.BeginArtifact();
        Mark(Left, 40, 16);
        Write(statement.Bank.Name, _strong, BrandBrush, Left + 23, 52);
        WriteRight(
            $"Account statement {StatementText.Title(statement.Period)} · {statement.Number.Grouped}", _note, InkSoft, Right, 52);
        tags.End();
        DoubleRule(68);
    }

    private double Columns(double y)
    {
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        Cell(PdfBlockLevelElementTag.TableHeaderCell, "Date", _label, InkSoft, DateLeft, y + 14);
        Cell(PdfBlockLevelElementTag.TableHeaderCell, "Movement", _label, InkSoft, TextLeft, y + 14);
        CellRight(PdfBlockLevelElementTag.TableHeaderCell, "Out", _label, InkSoft, OutRight, y + 14);
        CellRight(PdfBlockLevelElementTag.TableHeaderCell, "In", _label, InkSoft, InRight, y + 14);
        CellRight(PdfBlockLevelElementTag.TableHeaderCell, $"Balance {statement.Currency.Code}", _label, InkSoft, Right, y + 14);
        tags.End();
        Line(Rule, y + HeadHeight - 3);
        return y + HeadHeight - 3;
    }

    private double Edge(double y, DateOnly? day, string label, Money balance, bool isTotal)
    {
        var baseline = y + 14.5;
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        Cell(PdfBlockLevelElementTag.TableDataCell, day is { } known ? StatementText.Day(known) : "", _strong, Ink, DateLeft, baseline);
        Cell(PdfBlockLevelElementTag.TableDataCell, label, _strong, Ink, TextLeft, baseline);
        CellRight(PdfBlockLevelElementTag.TableDataCell, isTotal ? Amount(statement.TotalOut) : "", _strong, Ink, OutRight, baseline);
        CellRight(PdfBlockLevelElementTag.TableDataCell, isTotal ? Amount(statement.TotalIn) : "", _strong, Ink, InRight, baseline);
        CellRight(PdfBlockLevelElementTag.TableDataCell, Amount(balance), _strong, Ink, Right, baseline);
        tags.End();
        if (isTotal)
        {
            DoubleRule(y + EdgeRow);
        }
        else
        {
            Line(Hairline, y + EdgeRow);
        }

        return y + EdgeRow;
    }

    private double Movement(Row row, double y)
    {
        var movement = row.Movement;
        var baseline = y + RowPadding + 9;
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        Cell(PdfBlockLevelElementTag.TableDataCell, StatementText.Day(movement.Day), _text, InkSoft, DateLeft, baseline);
        tags.BeginElement(PdfBlockLevelElementTag.TableDataCell);
        var line = baseline;
        foreach (var title in row.Title)
        {
            Write(title + " ", _text, Ink, TextLeft, line);
            line += TextLine;
        }

        line -= TextLine - NoteLine;
        foreach (var note in row.Notes)
        {
            Write(note + " ", _note, InkSoft, TextLeft, line);
            line += NoteLine;
        }

        tags.End();
        var isOut = movement.Amount.IsNegative;
        CellRight(PdfBlockLevelElementTag.TableDataCell, isOut ? Amount(movement.Amount.Abs()) : "", _text, Ink, OutRight, baseline);
        CellRight(PdfBlockLevelElementTag.TableDataCell, isOut ? "" : Amount(movement.Amount), _text, Ink, InRight, baseline);
        CellRight(PdfBlockLevelElementTag.TableDataCell, Amount(movement.Balance), _text, Ink, Right, baseline);
        tags.End();
        Line(Hairline, y + row.Height);
        return y + row.Height;
    }

    private double Nothing(double y)
    {
        tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        Cell(PdfBlockLevelElementTag.TableDataCell, "No movements in this period.", _text, InkSoft, TextLeft, y + 14.5);
        tags.End();
        Line(Hairline, y + EdgeRow);
        return y + EdgeRow;
    }

    private void Notes(double y)
    {
        var lines = new List<string>();
        if (statement.IsProvisional)
        {
            lines.AddRange(Wrap(StatementText.ProvisionalNote, _note, Right - Left));
        }

        lines.AddRange(Wrap(StatementText.HoldsNote, _note, Right - Left));
        lines.AddRange(Wrap(
            "Interest and fees are part of the sums. A correction is never made in an old statement: it is a movement in a later one.",
            _note,
            Right - Left));
        if (_isIncomplete)
        {
            lines.AddRange(Wrap(
                "U+ with a number in brackets stands for a character that this file cannot show. The other formats have it.", _note, Right - Left));
        }

        y += 22;
        foreach (var line in lines)
        {
            tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            Write(line, _note, InkSoft, Left, y);
            tags.End();
            y += NoteLine;
        }
    }

    private void Foot(int number, int count)
    {
        tags.BeginArtifact();
        _graphics.DrawLine(Hairline, Left, FootTop, Right, FootTop);
        Write($"Statement {statement.Reference}", _note, InkSoft, Left, FootTop + 14);
        WriteRight(
            string.Create(CultureInfo.InvariantCulture, $"Page {number} of {count}"), _note, InkSoft, Right, FootTop + 14);
        tags.End();
    }

    // The mark of the bank: figures over the double rule that closes an account.
    private void Mark(double x, double y, double size)
    {
        var unit = size / 32;
        _graphics.DrawRoundedRectangle(BrandBrush, x, y, size, size, 16 * unit, 16 * unit);
        Bar(15, 10, 10, 2.75);
        Bar(9, 16, 14.5, 2.75);
        Bar(7, 18, 20.5, 1.5);
        Bar(7, 18, 24.25, 1.5);

        void Bar(double left, double width, double middle, double thickness) => _graphics.DrawRectangle(
            White, x + (left * unit), y + ((middle - (thickness / 2)) * unit), width * unit, thickness * unit);
    }

    private void DoubleRule(double y)
    {
        Line(Rule, y);
        Line(Rule, y + 2.6);
    }

    private void Line(XPen pen, double y)
    {
        tags.BeginArtifact();
        _graphics.DrawLine(pen, Left, y, Right, y);
        tags.End();
    }

    private void Cell(PdfBlockLevelElementTag tag, string text, XFont font, XBrush brush, double x, double y)
    {
        tags.BeginElement(tag);
        Write(text, font, brush, x, y);
        tags.End();
    }

    private void CellRight(PdfBlockLevelElementTag tag, string text, XFont font, XBrush brush, double right, double y)
    {
        tags.BeginElement(tag);
        WriteRight(text, font, brush, right, y);
        tags.End();
    }

    private void Write(string text, XFont font, XBrush brush, double x, double y)
    {
        foreach (var (piece, typeface) in StatementFonts.Divide(text, font))
        {
            if (piece.Length > 0)
            {
                _graphics.DrawString(piece, typeface, brush, x, y);
                x += _graphics.MeasureString(piece, typeface).Width;
            }
        }
    }

    private double Measure(string text, XFont font) =>
        StatementFonts.Divide(text, font).Sum(piece => _graphics.MeasureString(piece.Text, piece.Font).Width);

    private void WriteRight(string text, XFont font, XBrush brush, double right, double y) =>
        Write(text, font, brush, right - Width(text, font), y);

    private double Width(string text, XFont font)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        return _widths.TryGetValue((font, text), out var known)
            ? known
            : _widths[(font, text)] = Measure(text, font);
    }

    private List<string> Wrap(string text, XFont font, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Fit(word, font, width)))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Measure(longer, font) > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = longer;
            }
        }

        lines.Add(line);
        return lines;
    }

    // A word that is wider than the column goes on in the next line.
    private IEnumerable<string> Fit(string word, XFont font, double width)
    {
        while (Measure(word, font) > width)
        {
            var length = word.Length - 1;
            while (length > 1 && Measure(word[..length], font) > width)
            {
                length--;
            }

            length = char.IsLowSurrogate(word[length]) && length > 1 ? length - 1 : length;
            yield return word[..length];
            word = word[length..];
        }

        yield return word;
    }

    private static string Amount(Money amount, bool symbol = false)
    {
        var digits = amount.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture);
        var number = amount.Abs().Amount.ToString("N" + digits, CultureInfo.InvariantCulture);
        var sign = amount.IsNegative ? "\u2212" : "";
        return symbol ? $"{sign}{amount.Currency.Symbol}{number}" : sign + number;
    }

    private sealed record Row(
        StatementMovement Movement, IReadOnlyList<string> Title, IReadOnlyList<string> Notes, double Height);
}
