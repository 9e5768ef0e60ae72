using System.Text;
using Amazon.DynamoDBv2.Model;
using BankPortal.Tests.Ledger.Import;

namespace BankPortal.Tests.Hosting.Commands;

/// <summary>The commands <c>import</c> and <c>verify-ledger</c> as a shell sees them: exit code, results, everything else.</summary>
[EngineTest]
public sealed class LedgerCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bankportal-import-").FullName;

    [Fact]
    public async Task Import_GoodFileTwice_PrintsOnlyResultsAndFindsThemTheSecondTime()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        var file = Write(PortalCsv.File(
            PortalCsv.Row(("balance_after", "17.50")), PortalCsv.Row(("transaction_id", "T2"), ("balance_after", "30"))));

        var (code, results, _) = await RunAsync(fixture, "import", file);
        Assert.Equal(4, code);
        Assert.Equal(
            [
                "books.csv (Portal): 1 customers, 1 accounts, 2 transactions, 0 lines left out",
                "Warning: 1 accounts begin with a balance from before the file; added as opening balances, 5.00 USD in all:",
                "  A1: 5.00 USD",
                "In the ledger: 1 customers, 1 accounts, 3 postings (0 of them from an earlier run); problems: 0",
            ],
            results);

        (code, results, _) = await RunAsync(fixture, "import", file);
        Assert.Equal(4, code);
        Assert.Equal("In the ledger: 1 customers, 1 accounts, 3 postings (3 of them from an earlier run); problems: 0", results[^1]);

        (code, results, _) = await RunAsync(fixture, "verify-ledger");
        Assert.Equal(0, code);
        Assert.Equal("1 accounts, 3 transfers, 6 entries; customer balances: $30.00; violations: 0", Assert.Single(results));
    }

    [Fact]
    public async Task Import_SomeBadLines_ImportsTheRestListsThemAndFails()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        var file = Write(
            PortalCsv.File(
                PortalCsv.Row(("amount", "0")),
                PortalCsv.Row(),
                PortalCsv.Row(("transaction_id", "T9"), ("kind", "fee"), ("amount", "-100"))
            )
        );

        var (code, results, _) = await RunAsync(fixture, "import", file, "--source", "old bank");

        Assert.Equal(1, code);
        Assert.Equal(
            [
                "books.csv (Portal): 1 customers, 1 accounts, 2 transactions, 2 lines left out",
                "line 2: amount is zero",
                "line 4: would take the account to -87.50 USD",
                "In the ledger: 1 customers, 1 accounts, 1 postings (0 of them from an earlier run); problems: 2",
            ],
            results);
    }

    [Fact]
    public async Task Import_BalancesDiffer_LeavesTheAccountOutUnlessDifferencesAreAccepted()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        var file = Write(PortalCsv.File(
            PortalCsv.Row(("balance_after", "12.50")), PortalCsv.Row(("transaction_id", "T2"), ("amount", "10"), ("balance_after", "30"))));

        var (code, results, _) = await RunAsync(fixture, "import", file);
        Assert.Equal(1, code);
        Assert.Equal(
            [
                "books.csv (Portal): 0 customers, 0 accounts, 2 transactions, 2 lines left out",
                "line 2: account A1: the balance on line 3 does not follow from the amounts; nothing of this account is posted",
                "1 accounts are left out because of their balances; --accept-differences posts them with adjustments.",
                "In the ledger: 0 customers, 0 accounts, 0 postings (0 of them from an earlier run); problems: 1",
            ],
            results);

        (code, results, _) = await RunAsync(fixture, "import", file, "--accept-differences");
        Assert.Equal(4, code);
        Assert.Equal(
            [
                "books.csv (Portal): 1 customers, 1 accounts, 2 transactions, 0 lines left out",
                "Warning: 1 accounts have balances that the file's transactions do not explain; the differences are posted as adjustments, 7.50 USD in all:",
                "  A1: 7.50 USD",
                "In the ledger: 1 customers, 1 accounts, 3 postings (0 of them from an earlier run); problems: 0",
            ],
            results);
    }

    [Fact]
    public async Task Import_FormsNamedByOptions_AreRead()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        var file = Path.Combine(_folder, "books.csv");
        var row = PortalCsv.Row(("customer_name", "José Müller"), ("occurred_at", "31.01.2026"), ("amount", "1'234!5"));
        var text = PortalCsv.File(row).Replace(',', ';').Replace("'", ".", StringComparison.Ordinal).Replace('!', ',');
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes(text));

        var (code, results, output) = await RunAsync(fixture, "import", file);
        Assert.Equal((2, 0), (code, results.Count));
        Assert.Contains("line 2, column 7: the byte 0xE9 is not UTF-8.", output, StringComparison.Ordinal);

        (code, results, _) = await RunAsync(
            fixture, "import", file, "--encoding", "Latin-1", "--date-format", "dd.MM.yyyy", "--decimal-separator", ",");
        Assert.Equal(0, code);
        (_, results, _) = await RunAsync(fixture, "verify-ledger");
        Assert.StartsWith("1 accounts, 1 transfers, 2 entries; customer balances: $1,234.50;", results[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DryRun_ChangesNothing()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);

        var (code, results, _) = await RunAsync(fixture, "import", Write(PortalCsv.File(PortalCsv.Row())), "--dry-run");

        Assert.Equal(0, code);
        Assert.Equal(["books.csv (Portal): 1 customers, 1 accounts, 1 transactions, 0 lines left out"], results);
        var transfers = await fixture.Database.Client.ScanAsync(
            new ScanRequest { TableName = fixture.Database.TableName(LedgerTables.Transfers) }
        );
        Assert.Equal(0, transfers.Count);
    }

    [Theory]
    [InlineData("Required argument 'file' missing for command: 'import'.")]
    [InlineData("Unrecognized command or argument 'b.csv'.", "a.csv", "b.csv")]
    [InlineData("Required argument missing for option: '--source'.", "a.csv", "--source")]
    [InlineData("Unrecognized command or argument '--fast'.", "a.csv", "--fast")]
    [InlineData("no-such-file.csv cannot be imported:", "no-such-file.csv")]
    [InlineData("--date-format takes a format with day, month and year", "a.csv", "--date-format", "dd/mm/yyyy")]
    [InlineData("--decimal-separator takes a comma or a point.", "a.csv", "--decimal-separator", "'")]
    [InlineData("--encoding takes windows-1252 or latin-1.", "a.csv", "--encoding", "ebcdic")]
    public async Task Import_CalledWrongly_SaysHowAndDoesNothing(string says, params string[] arguments)
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);

        var (code, results, output) = await RunAsync(fixture, ["import", .. arguments]);

        Assert.Equal(2, code);
        Assert.Empty(results);
        Assert.Contains(says, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_FileOfAnotherKind_NamesTheMissingColumns()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);

        var (code, results, output) = await RunAsync(fixture, "import", Write("date,amount,currency\n2026-01-01,1,USD\n"));

        Assert.Equal(2, code);
        Assert.Empty(results);
        Assert.Contains(
            "The file has no column customer_id, customer_name, account_id, transaction_id, occurred_at, kind. It has, separated by commas: date, amount, currency.",
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task VerifyLedger_BalanceChangedBehindTheLedgersBack_NamesTheInvariantAndFails()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        Assert.Equal(0, (await RunAsync(fixture, "import", Write(PortalCsv.File(PortalCsv.Row())))).Code);
        var accounts = fixture.Database.TableName(AccountTables.Accounts);
        var rows = await fixture.Database.Client.ScanAsync(new ScanRequest { TableName = accounts, ConsistentRead = true });
        var id = rows.Items.Single(item => item.ContainsKey("balance"))[AccountItems.Key].S;
        await fixture.Database.Client.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = accounts,
            Key = new() { [AccountItems.Key] = Attr.S(id) },
            UpdateExpression = "SET balance = :more",
            ExpressionAttributeValues = new() { [":more"] = Attr.N(99_999_999L) },
        });

        var (code, results, _) = await RunAsync(fixture, "verify-ledger");

        Assert.Equal(1, code);
        Assert.Contains(results, line => line.StartsWith($"VIOLATED 3 (rows equal entries) {id}: ", StringComparison.Ordinal));
        Assert.StartsWith("1 accounts, 1 transfers, 2 entries;", results[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BankingAccounts", "account_id", "balance")]
    [InlineData("BankingTransfers", "transfer_id", "text")]
    [InlineData("BankingTransactions", "account_id", "text")]
    public async Task VerifyLedger_RowThatCannotBeRead_IsNamedInOneLine(string table, string key, string attribute)
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);
        Assert.Equal(0, (await RunAsync(fixture, "import", Write(PortalCsv.File(PortalCsv.Row())))).Code);
        var name = fixture.Database.TablePrefix + table;
        var rows = await fixture.Database.Client.ScanAsync(new ScanRequest { TableName = name, ConsistentRead = true });
        var row = rows.Items.First(item => item.ContainsKey(attribute));
        row[attribute] = Attr.S("what a flipped byte makes of it");
        await fixture.Database.Client.PutItemAsync(name, row);

        var (code, results, output) = await RunAsync(fixture, "verify-ledger");

        Assert.Equal(3, code);
        Assert.Empty(results);
        var line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"The row {key} {row[key].S}", line, StringComparison.Ordinal);
        Assert.Contains($"of {name} is damaged: ", line, StringComparison.Ordinal);
        Assert.EndsWith("see docs/backup.md.", line.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyLedger_WithArguments_IsRefused()
    {
        await using var fixture = await DynamoFixture.CreateAsync(EngineKind.Dynoxide);

        var (code, results, output) = await RunAsync(fixture, "verify-ledger", "now");

        Assert.Equal(2, code);
        Assert.Empty(results);
        Assert.Contains("Unrecognized command or argument 'now'.", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, IReadOnlyList<string> Results, string Output)> RunAsync(
        DynamoFixture fixture,
        params string[] arguments
    )
    {
        await using var portal = PortalProcess.Start([
            .. arguments,
            .. fixture.Settings.Select(setting => $"--{setting.Key}={setting.Value}"),
        ]);
        var code = await portal.ExitAsync();
        return (code, portal.Results, portal.Output);
    }

    private string Write(string text)
    {
        var file = Path.Combine(_folder, "books.csv");
        File.WriteAllText(file, text);
        return file;
    }
}
