using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Statements.Formats;
using Microsoft.VisualBasic.FileIO;
using MiniExcelLibs;
using PdfSharp.Pdf.IO;

namespace BankPortal.Tests.Statements.Formats;

/// <summary>What is written in each format, read back by a parser: ids, texts, amounts and balances are those of the statement.</summary>
[UnitTest]
public sealed class StatementFormatTests
{
    private static readonly Statement October = SampleStatements.October();

    [Theory, MemberData(nameof(SampleStatements.Formats), MemberType = typeof(SampleStatements))]
    public void Write_TheSameStatementTwice_GivesTheSameBytes(StatementFormat format)
    {
        Assert.Equal(SampleStatements.Write(format, October), SampleStatements.Write(format, SampleStatements.October()));
        Assert.NotEqual(SampleStatements.Write(format, October), SampleStatements.Write(format, SampleStatements.October(opening: 1)));
    }

    [Theory, MemberData(nameof(SampleStatements.Formats), MemberType = typeof(SampleStatements))]
    public void Write_NoMovements_IsAFileAllTheSame(StatementFormat format) =>
        Assert.NotEmpty(SampleStatements.Write(format, SampleStatements.October(movements: 0)));

    [Fact]
    public void Csv_ReadBack_IsTheStatement()
    {
        var rows = ReadCsv(SampleStatements.Write(StatementFormat.Csv, October));

        Assert.Equal(October.Movements.Length, rows.Count);
        Assert.All(October.Movements.Zip(rows), pair =>
        {
            var (movement, row) = pair;
            Assert.Equal(movement.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row["Date"]);
            Assert.Equal(movement.Id, row["Movement"]);
            Assert.Equal(movement.TransferId, row["Transfer"]);
            Assert.Equal(movement.Amount.Amount, Number(row["Amount"]));
            Assert.Equal(movement.Balance.Amount, Number(row["Balance"]));
            Assert.Equal(movement.Counterparty, row["Counterparty"]);
            Assert.Equal(movement.Description, row["Description"] is ['\'', '=', ..] ? row["Description"][1..] : row["Description"]);
        });
        Assert.Equal(October.Closing.Amount, Number(rows[^1]["Balance"]));
        Assert.Contains(rows, row => row["Description"] == "'" + SampleStatements.Formula);
    }

    [Fact]
    public void Xlsx_ReadBack_IsTheStatement()
    {
        using var file = new MemoryStream(SampleStatements.Write(StatementFormat.Xlsx, October));

        var rows = MiniExcel.Query(file, useHeaderRow: true, sheetName: "Movements").Cast<IDictionary<string, object>>().ToList();

        Assert.Equal(October.Movements.Length, rows.Count);
        Assert.All(October.Movements.Zip(rows), pair =>
        {
            var (movement, row) = pair;
            Assert.Equal(movement.Day, DateOnly.FromDateTime(Assert.IsType<DateTime>(row["Date"])));
            Assert.Equal(movement.Id, row["Movement"]);
            Assert.Equal(movement.Amount.Amount, Convert.ToDecimal(row["Amount"], CultureInfo.InvariantCulture));
            Assert.Equal(movement.Balance.Amount, Convert.ToDecimal(row["Balance"], CultureInfo.InvariantCulture));
            Assert.Equal(movement.Counterparty, row["Counterparty"] as string ?? "");
        });
        var sums = MiniExcel.Query(file, useHeaderRow: true, sheetName: "Statement").Cast<IDictionary<string, object>>()
            .ToDictionary(row => (string)row["Item"], row => row["Value"], StringComparer.Ordinal);
        Assert.Equal(October.Closing.Amount, Convert.ToDecimal(sums["Closing balance"], CultureInfo.InvariantCulture));
        Assert.Equal(October.Id, sums["Statement"]);
    }

    [Fact]
    public void Xlsx_InItsArchive_HasNoFormulaNoChanceAndNoTime()
    {
        using var archive = new ZipArchive(new MemoryStream(SampleStatements.Write(StatementFormat.Xlsx, October)));

        Assert.All(archive.Entries, entry =>
        {
            Assert.Equal(new DateTime(1980, 1, 1), entry.LastWriteTime.DateTime);
            using var reader = new StreamReader(entry.Open());
            var text = reader.ReadToEnd();
            Assert.DoesNotContain("<x:f>", text, StringComparison.Ordinal);
            Assert.DoesNotMatch("R[0-9a-f]{32}", text);
        });
    }

    [Fact]
    public void Ofx_ReadBack_IsTheStatement()
    {
        var ofx = XDocument.Parse(Encoding.UTF8.GetString(SampleStatements.Write(StatementFormat.Ofx, October)));

        var rows = ofx.Descendants("STMTTRN").ToList();
        Assert.Equal(October.Movements.Length, rows.Count);
        Assert.All(October.Movements.Zip(rows), pair =>
        {
            var (movement, row) = pair;
            var (name, memo) = (row.Element("NAME")!.Value, row.Element("MEMO")?.Value ?? "");
            Assert.Equal(movement.Id, row.Element("FITID")!.Value);
            Assert.Equal(movement.Amount.Amount, Number(row.Element("TRNAMT")!.Value));
            Assert.StartsWith(
                movement.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), row.Element("DTPOSTED")!.Value, StringComparison.Ordinal);
            Assert.EndsWith("[-4]", row.Element("DTPOSTED")!.Value, StringComparison.Ordinal);
            Assert.InRange(name.Length, 1, 32);
            Assert.InRange(memo.Length, 0, 255);
            var title = StatementText.Title(movement);
            Assert.True(name == title || memo.StartsWith(title, StringComparison.Ordinal), $"{name} | {memo}");
            Assert.EndsWith(StatementText.Note(movement), memo, StringComparison.Ordinal);
        });
        Assert.Equal(rows.Count, rows.Select(row => row.Element("FITID")!.Value).Distinct(StringComparer.Ordinal).Count());
        var balance = ofx.Descendants("LEDGERBAL").Single();
        Assert.Equal(October.Closing.Amount, Number(balance.Element("BALAMT")!.Value));
        Assert.Equal("20261031235959.000[-4]", balance.Element("DTASOF")!.Value);
        Assert.Equal("CHECKING", ofx.Descendants("ACCTTYPE").Single().Value);
    }

    [Fact]
    public void Qif_ReadBack_IsTheStatement()
    {
        var text = Encoding.UTF8.GetString(SampleStatements.Write(StatementFormat.Qif, October));
        Assert.StartsWith("!Account\r\n", text, StringComparison.Ordinal);
        var blocks = text.Split("^\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('!')).ToDictionary(
                line => line[0], line => line[1..]))
            .ToList();

        Assert.Equal(October.Closing.Amount, Number(blocks[0]['$']));
        Assert.Equal("10/31/2026", blocks[0]['/']);
        Assert.Equal(October.Movements.Length, blocks.Count - 1);
        Assert.All(October.Movements.Zip(blocks.Skip(1)), pair =>
        {
            var (movement, block) = pair;
            Assert.Equal(movement.Day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), block['D']);
            Assert.Equal(movement.Amount.Amount, Number(block['T']));
            Assert.Equal(movement.Id, block['N']);
            Assert.Equal(StatementText.Title(movement), block['P']);
            Assert.Equal(StatementText.Note(movement), block.GetValueOrDefault('M', ""));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Camt_ReadBack_IsTheStatementAndFitsTheSchema(bool provisional)
    {
        var statement = SampleStatements.October(provisional: provisional);
        var camt = XDocument.Parse(Encoding.UTF8.GetString(SampleStatements.Write(StatementFormat.Camt053, statement)));
        XNamespace ns = CamtStatementWriter.Namespace;
        var errors = new List<string>();
        camt.Validate(Schema(), (_, problem) => errors.Add(problem.Message));

        Assert.Empty(errors);
        var rows = camt.Descendants(ns + "Ntry").ToList();
        Assert.Equal(statement.Movements.Length, rows.Count);
        Assert.All(statement.Movements.Zip(rows), pair =>
        {
            var (movement, row) = pair;
            Assert.Equal(movement.Id, row.Element(ns + "NtryRef")!.Value);
            Assert.Equal(movement.Amount.Amount, Signed(row, ns));
            Assert.Equal(movement.Description, string.Concat(row.Descendants(ns + "Ustrd").Select(piece => piece.Value)));
            Assert.Equal(
                movement.Counterparty, row.Descendants(ns + "RltdPties").SingleOrDefault()?.Descendants(ns + "Nm").Single().Value ?? "");
            Assert.Equal(movement.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Element(ns + "BookgDt")!.Value);
        });
        var balances = camt.Descendants(ns + "Bal").ToDictionary(
            balance => balance.Element(ns + "Tp")!.Value, balance => Signed(balance, ns), StringComparer.Ordinal);
        Assert.Equal(statement.Opening.Amount, balances["OPBD"]);
        Assert.Equal(statement.Closing.Amount, balances[provisional ? "ITBD" : "CLBD"]);
        Assert.Equal(balances["OPBD"] + rows.Sum(row => Signed(row, ns)), statement.Closing.Amount);
    }

    [Fact]
    public void Schema_OfTheTests_RefusesWhatIsWrong()
    {
        // The schema is an extract of our own: show that it is no rubber stamp.
        var text = Encoding.UTF8.GetString(SampleStatements.Write(StatementFormat.Camt053, October));
        string[] wrong =
        [
            text.Replace("<Cd>BOOK</Cd>", "<Cd>TOO-LONG</Cd>", StringComparison.Ordinal),
            text.Replace("<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd>PLUS</CdtDbtInd>", StringComparison.Ordinal),
            text.Replace("Ccy=\"USD\"", "Ccy=\"usd\"", StringComparison.Ordinal),
            Regex.Replace(text, "<BkTxCd>.*?</BkTxCd>", "", RegexOptions.Singleline, TimeSpan.FromSeconds(10)),
            Regex.Replace(text, "<Ustrd>[^<]*</Ustrd>", $"<Ustrd>{new string('x', 141)}</Ustrd>", RegexOptions.None, TimeSpan.FromSeconds(10)),
        ];

        Assert.All(wrong, changed =>
        {
            var errors = 0;
            XDocument.Parse(changed).Validate(Schema(), (_, _) => errors++);
            Assert.NotEqual(text, changed);
            Assert.NotEqual(0, errors);
        });
    }

    [Theory]
    [InlineData("1234.56")]
    [InlineData("-987.65")]
    [InlineData("0")]
    public void Mt940_ReadBack_IsTheStatement(string opening)
    {
        var statement = SampleStatements.October(opening: Number(opening));
        var lines = Encoding.ASCII.GetString(SampleStatements.Write(StatementFormat.Mt940, statement)).Split("\r\n");
        var fields = new List<(string Tag, List<string> Lines)>();
        foreach (var line in lines.TakeWhile(line => line != "-"))
        {
            if (Regex.Match(line, "^:(?<tag>[0-9]{2}[A-Z]?):", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } tag)
            {
                fields.Add((tag.Groups["tag"].Value, [line[tag.Length..]]));
            }
            else
            {
                fields[^1].Lines.Add(line);
            }
        }

        Assert.Equal(["-", ""], lines[^2..]);
        Assert.All(lines, line => Assert.Matches("^[-A-Za-z0-9/?:().,'+ ]{0,80}$", line));
        Assert.Equal(statement.Opening.Amount, Mt940Amount(fields.Single(field => field.Tag == "60F").Lines[0]));
        Assert.Equal(statement.Closing.Amount, Mt940Amount(fields.Single(field => field.Tag == "62F").Lines[0]));
        var rows = fields.Where(field => field.Tag == "61").ToList();
        Assert.All(statement.Movements.Zip(rows), pair =>
        {
            var (movement, row) = pair;
            var parts = Regex.Match(
                row.Lines[0],
                "^(?<day>[0-9]{6})[0-9]{4}(?<mark>R?[CD])(?<amount>[0-9]{1,12},[0-9]{0,2})N[A-Z]{3}NONREF//[A-Z0-9]{1,16}$",
                RegexOptions.None,
                TimeSpan.FromSeconds(1));
            Assert.True(parts.Success, row.Lines[0]);
            var amount = Number(parts.Groups["amount"].Value.Replace(',', '.'));
            Assert.Equal(movement.Amount.Amount, parts.Groups["mark"].Value is "D" or "RC" ? -amount : amount);
            Assert.Equal(movement.Day.ToString("yyMMdd", CultureInfo.InvariantCulture), parts.Groups["day"].Value);
            Assert.Equal(movement.Id, Assert.Single(row.Lines.Skip(1)));
        });
        Assert.Equal(statement.Movements.Length, rows.Count);
        var details = fields.Where(field => field.Tag == "86").ToList();
        Assert.All(details, detail =>
        {
            Assert.InRange(detail.Lines.Count, 1, 6);
            Assert.All(detail.Lines, line => Assert.InRange(line.Length, 1, 65));
            Assert.All(detail.Lines.Skip(1), line => Assert.DoesNotContain(line[0], ":-"));
        });
        Assert.Contains(details, detail => string.Concat(detail.Lines) == "/TYPE/Payment/NAME/Stadtwerke Munchen GmbH, Kundenservice Strom, "
            + "Gas und Wasser, Abteilung Sud, Sachgebiet Abrechnung 7/REMI/Rechnung 2026/10-4711 fur die Wohnung Sendlinger Strasse 12, 2. "
            + "Stock links, mit Zahlerstand vom 30. September und Gutschrift - siehe unten");
        Assert.Contains(details, detail => string.Concat(detail.Lines).StartsWith("/TYPE/Transfer/NAME/Lukasz Zolc/REMI/", StringComparison.Ordinal));
    }

    [Fact]
    public void Pdf_ReadBack_HasTitleLanguageTagsAndEmbeddedFonts()
    {
        var bytes = SampleStatements.Write(StatementFormat.Pdf, October);
        using var document = PdfReader.Open(new MemoryStream(bytes), PdfDocumentOpenMode.Import);

        Assert.Equal("Account statement October 2026, account 7404 817 367", document.Info.Title);
        Assert.Equal("en-US", document.Language);
        Assert.True(document.Internals.Catalog.Elements.ContainsKey("/StructTreeRoot"));
        Assert.Equal(October.AsOf.UtcDateTime, document.Info.CreationDate.ToUniversalTime());
        var text = Encoding.Latin1.GetString(bytes);
        Assert.Matches("/BaseFont/[A-Z]{6}\\+Source", text);
        Assert.Equal(4, text.Split("/FontFile2").Length); // two weights, and DejaVu Sans for an emoji
        Assert.InRange(document.PageCount, 2, 3);
    }

    [Fact]
    public void Pdf_TextOfOtherScripts_EmbedsTheirTypefacesOnlyThen()
    {
        var plain = SampleStatements.October(10);
        var mixed = plain with
        {
            Movements = [plain.Movements[0] with { Counterparty = "王小明 🍕 שלום 한" }, .. plain.Movements.Skip(1)],
        };

        var (before, after) = (SampleStatements.Write(StatementFormat.Pdf, plain), SampleStatements.Write(StatementFormat.Pdf, mixed));

        Assert.DoesNotContain("+Noto", Encoding.Latin1.GetString(before), StringComparison.Ordinal);
        Assert.DoesNotContain("+DejaVu", Encoding.Latin1.GetString(before), StringComparison.Ordinal);
        Assert.Contains("+Noto#20Sans#20SC", Encoding.Latin1.GetString(after), StringComparison.Ordinal);
        Assert.Contains("+Noto#20Emoji", Encoding.Latin1.GetString(after), StringComparison.Ordinal);
        Assert.Contains("+DejaVu#20Sans", Encoding.Latin1.GetString(after), StringComparison.Ordinal);
        Assert.InRange(before.Length, 1, 100_000);
        Assert.InRange(after.Length - before.Length, 1, 100_000); // of typefaces of 11 MB, what is used
        Assert.Equal(after, SampleStatements.Write(StatementFormat.Pdf, mixed));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(200, 12)]
    public void Pdf_OfAnyLength_HasThePagesItNeeds(int movements, int most)
    {
        using var document = PdfReader.Open(
            new MemoryStream(SampleStatements.Write(StatementFormat.Pdf, SampleStatements.October(movements))), PdfDocumentOpenMode.Import);

        Assert.InRange(document.PageCount, 1, most);
    }

    private static XmlSchemaSet Schema()
    {
        var set = new XmlSchemaSet();
        using var reader = XmlReader.Create(CamtSchema.Path);
        set.Add(CamtStatementWriter.Namespace, reader);
        return set;
    }

    private static decimal Signed(XElement element, XNamespace ns) =>
        Number(element.Element(ns + "Amt")!.Value) * (element.Element(ns + "CdtDbtInd")!.Value == "DBIT" ? -1 : 1);

    private static decimal Mt940Amount(string balance) =>
        Number(balance[10..].Replace(',', '.')) * (balance[0] == 'D' ? -1 : 1);

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> ReadCsv(byte[] bytes)
    {
        // A parser that is not the writer's.
        using var csv = new TextFieldParser(new MemoryStream(bytes), Encoding.UTF8) { HasFieldsEnclosedInQuotes = true };
        csv.SetDelimiters(",");
        csv.TrimWhiteSpace = false;
        var columns = csv.ReadFields()!;
        var rows = new List<Dictionary<string, string>>();
        while (csv.ReadFields() is { } cells)
        {
            rows.Add(columns.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
        }

        return rows;
    }
}
