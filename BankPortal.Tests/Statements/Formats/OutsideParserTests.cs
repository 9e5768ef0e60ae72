using BankPortal.Core.Statements;

namespace BankPortal.Tests.Statements.Formats;

/// <summary>Programs of others read our files without complaint, and the sums they find are the statement's.</summary>
[EngineTest]
public sealed class OutsideParserTests : IDisposable
{
    private static readonly Statement October = SampleStatements.October(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("statements-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Qpdf_CheckingThePdf_FindsNothing()
    {
        var qpdf = new OutsideProgram("qpdf");
        qpdf.Require();

        foreach (var statement in new[] { October, SampleStatements.October(0), SampleStatements.October(5, provisional: true) })
        {
            var (code, output, errors) = await qpdf.RunAsync(Ct, "--check", Write(StatementFormat.Pdf, "pdf", statement));

            Assert.True(code == 0, output + errors);
            Assert.Contains("No syntax or stream encoding errors found", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pdftotext_OfThePdf_HasEveryMovementAndTheSums()
    {
        var pdftotext = new OutsideProgram("pdftotext");
        pdftotext.Require();

        var (code, output, errors) = await pdftotext.RunAsync(Ct, "-layout", Write(StatementFormat.Pdf, "pdf"), "-");

        Assert.True(code == 0, errors);
        var rows = output.Split('\n')
            .Select(line => Regex.Match(line, @"^\s*[0-9]{1,2} Oct 2026 .*?(?<amount>[0-9,]+\.[0-9]{2})\s+(?<balance>[0-9,]+\.[0-9]{2})\s*$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            .Where(row => row.Success && !row.Value.Contains("balance", StringComparison.Ordinal))
            .Select(row => (Amount: Number(row.Groups["amount"].Value), Balance: Number(row.Groups["balance"].Value)))
            .ToList();
        Assert.Equal(
            October.Movements.Select(movement => (Math.Abs(movement.Amount.Amount), movement.Balance.Amount)),
            rows);
        var closing = output.Split('\n').Last(line => line.Contains("Closing balance", StringComparison.Ordinal));
        Assert.Matches(
            $@"{October.TotalOut.Amount:N2}\s+{October.TotalIn.Amount:N2}\s+{October.Closing.Amount:N2}".Replace(".", "\\."), closing);
        Assert.Contains("Ольга Иванова", output, StringComparison.Ordinal);
        Assert.Contains("Łukasz Żółć", output, StringComparison.Ordinal);
        Assert.Contains(StatementText.HoldsNote, Regex.Replace(output, @"\s+", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var pages = Regex.Matches(output, "Page [0-9]+ of [0-9]+", RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.Equal(
            Enumerable.Range(1, pages.Count).Select(n => $"Page {n} of {pages.Count}"), pages.Select(page => page.Value));
    }

    [Fact]
    public async Task Pdftotext_OfNamesInOtherScripts_FindsThem()
    {
        var pdftotext = new OutsideProgram("pdftotext");
        var qpdf = new OutsideProgram("qpdf");
        pdftotext.Require();
        qpdf.Require();
        string[] names = ["王小明 寿司", "Ольга", "Pizza", "カフェ"];
        var statement = SampleStatements.October(names.Length + 1);
        statement = statement with
        {
            Movements =
            [
                .. names.Append("한국 now").Select((name, i) => statement.Movements[i] with { Counterparty = name, Description = "" }),
            ],
        };
        var file = Write(StatementFormat.Pdf, "pdf", statement);

        var (code, output, errors) = await pdftotext.RunAsync(Ct, "-layout", file, "-");

        Assert.True(code == 0, errors);
        Assert.All(names.SelectMany(name => name.Split(' ')), word => Assert.Contains(word, output, StringComparison.Ordinal));
        Assert.Contains("[U+D55C U+AD6D] now", output, StringComparison.Ordinal);
        Assert.Contains("The other formats have it.", output, StringComparison.Ordinal);
        Assert.Equal(SampleStatements.Write(StatementFormat.Pdf, statement), SampleStatements.Write(StatementFormat.Pdf, statement));
        Assert.Equal(0, (await qpdf.RunAsync(Ct, "--check", file)).Code);
    }

    [Fact]
    public async Task Ofxdump_OfTheOfx_FindsEveryTransactionAndTheBalance()
    {
        var ofxdump = new OutsideProgram("ofxdump");
        ofxdump.Require();

        var (code, output, _) = await ofxdump.RunAsync(Ct, Write(StatementFormat.Ofx, "ofx"));

        Assert.Equal(0, code);
        Assert.Equal(
            October.Movements.Select(movement => movement.Amount.Amount), Values(output, "Total money amount").Select(Number));
        Assert.Equal(
            October.Movements.Select(movement => movement.Id), Values(output, "Financial institution's ID for this transaction"));
        Assert.Equal(October.Closing.Amount, Number(Assert.Single(Values(output, "Ledger balance"))));
    }

    [Fact]
    public async Task Xmllint_OfTheCamt_FindsThatItFitsTheSchema()
    {
        var xmllint = new OutsideProgram("xmllint");
        xmllint.Require();
        var file = Write(StatementFormat.Camt053, "xml");

        var (code, _, errors) = await xmllint.RunAsync(Ct, "--noout", "--schema", CamtSchema.Path, file);
        var (_, sum, _) = await xmllint.RunAsync(
            Ct,
            "--xpath",
            "string(round(100 * sum(//*[local-name()='Ntry'][*[local-name()='CdtDbtInd']='CRDT']/*[local-name()='Amt'])"
                + " - 100 * sum(//*[local-name()='Ntry'][*[local-name()='CdtDbtInd']='DBIT']/*[local-name()='Amt'])))",
            file);

        Assert.True(code == 0, errors);
        Assert.Equal((October.Closing - October.Opening).MinorUnits, long.Parse(sum.Trim(), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Hledger_ImportingTheCsv_FindsTheSumsAndEveryBalance()
    {
        var hledger = new OutsideProgram("hledger");
        hledger.Require();
        var file = Write(StatementFormat.Csv, "csv");
        var rules = Path.Combine(_folder, "statement.rules");
        await File.WriteAllTextAsync(
            rules,
            """
            skip 1
            fields date,_,_,_,description,comment,amount,currency,_,_,_,_,_
            date-format %Y-%m-%d
            account1 assets:bank
            account2 elsewhere
            """,
            Ct);

        var (code, output, errors) = await hledger.RunAsync(
            Ct, "--file", "csv:" + file, "--rules-file", rules, "balance", "assets:bank", "--output-format", "csv", "--no-total");
        var (_, stats, _) = await hledger.RunAsync(Ct, "--file", "csv:" + file, "--rules-file", rules, "stats");

        Assert.True(code == 0, errors);
        Assert.Equal(
            (October.Closing - October.Opening).Amount,
            Number(Regex.Match(output, "USD(?<sum>-?[0-9.]+)", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["sum"].Value));
        Assert.Matches($@"Transactions\s+: {October.Movements.Length} ", stats);
    }

    private static IEnumerable<string> Values(string dump, string label) =>
        dump.Split('\n').Where(line => line.Contains(label + ":", StringComparison.Ordinal)).Select(line => line.Split(':', 2)[1].Trim());

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    private string Write(StatementFormat format, string extension, Statement? statement = null)
    {
        var path = Path.Combine(_folder, $"statement.{extension}");
        File.WriteAllBytes(path, SampleStatements.Write(format, statement ?? October));
        return path;
    }
}
