using System.Text;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Tests.Ledger.Import;

[UnitTest]
public sealed class ImportFileReaderTests
{
    private const string AnzHeader =
        "status,account,currency,txn_description,first_name,balance,merchant_suburb,merchant_state,extraction,amount,transaction_id,customer_id,movement";

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string> BadValues =>
        new()
        {
            { "amount", "12,50", "has 14 fields instead of 13" },
            { "amount", "twelve", "amount 'twelve' is not an amount of USD such as 1234.50" },
            { "amount", "1e3", "amount '1e3' is not an amount of USD such as 1234.50" },
            { "amount", "0.001", "amount '0.001' is not an amount of USD such as 1234.50" },
            { "amount", "99999999999999999999", "amount '99999999999999999999' is not an amount of USD such as 1234.50" },
            { "amount", "0.00", "amount is zero" },
            { "amount", "", "has no amount" },
            { "amount", "-1", "amount is -1.00 USD, but a deposit brings money in" },
            { "currency", "XYZ", "currency 'XYZ' is not one the bank supports" },
            { "currency", "", "currency '' is not one the bank supports" },
            { "occurred_at", "yesterday", "occurred_at 'yesterday' is not a time such as 2026-01-31T12:00:00Z" },
            { "occurred_at", "", "occurred_at '' is not a time such as 2026-01-31T12:00:00Z" },
            { "occurred_at", "2026-11-20T12:06:00Z", "occurred_at '2026-11-20T12:06:00Z' is in the future or before 1900" },
            { "occurred_at", "1899-12-31", "occurred_at '1899-12-31' is in the future or before 1900" },
            { "kind", "gift", "kind is 'gift'; it can be deposit, withdrawal, purchase, payment, salary, interest, fee" },
            { "kind", "transfer", "kind is 'transfer'; it can be deposit, withdrawal, purchase, payment, salary, interest, fee" },
            { "kind", "0", "kind is '0'; it can be deposit, withdrawal, purchase, payment, salary, interest, fee" },
            { "kind", "", "kind is ''; it can be deposit, withdrawal, purchase, payment, salary, interest, fee" },
            { "kind", "withdrawal", "amount is 12.50 USD, but a withdrawal takes money out: give it with a minus sign" },
            { "account_type", "gold", "account_type is 'gold'; it can be checking or savings" },
            { "customer_id", "", "has no customer_id" },
            { "customer_name", "  ", "has no customer_name" },
            { "account_id", "", "has no account_id" },
            { "transaction_id", "", "has no transaction_id" },
            { "customer_email", "ann.example.org", "customer_email 'ann.example.org' is not an e-mail address" },
            { "balance_after", "much", "balance_after 'much' is not an amount of USD such as 1234.50" },
            { "description", new string('x', 141), "description has more than 140 characters" },
            { "customer_name", new string('x', 101), "customer_name has more than 100 characters" },
            {
                "description",
                "a \"word\" here",
                "has a quote in the wrong place: put the whole field into quotes, and write each quote within it twice"
            },
        };

    [Fact]
    public void Read_PortalRow_TakesEveryColumn()
    {
        var row = Assert.Single(
            Read(
                PortalCsv.File(
                    PortalCsv.Row(
                        ("customer_email", "ann@example.org"),
                        ("account_type", "Savings"),
                        ("kind", "Purchase"),
                        ("amount", "-1234.50"),
                        ("currency", "EUR"),
                        ("occurred_at", "2026-01-31T13:00:00+01:00"),
                        ("balance_after", "0.5")
                    )
                )
            ).Rows
        );

        Assert.Equal(
            new ImportRow(
                2,
                "C1",
                "Ann Example",
                "ann@example.org",
                "A1",
                AccountType.Savings,
                "T1",
                new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
                TransferKind.Purchase,
                Money.Of(-1234.50m, Currency.Eur),
                "Cash",
                "Counter",
                Money.Of(0.50m, Currency.Eur)
            ),
            row
        );
    }

    [Fact]
    public void Read_OnlyTheNeededColumnsInAnotherOrder_LeavesTheRestEmpty()
    {
        var file = Read(
            "currency,amount,kind,occurred_at,transaction_id,account_id,customer_name,customer_id,remark\nJPY,-100,fee,2026-01-31,T1,A1,Ann,C1,whatever\n"
        );

        Assert.Equal(
            new ImportRow(
                2, "C1", "Ann", null, "A1", AccountType.Checking, "T1", new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero),
                TransferKind.Fee, Money.Of(-100, Currency.Jpy), "", "", null),
            Assert.Single(file.Rows));
        Assert.Equal(ImportFormat.Portal, file.Format);
    }

    [Theory, MemberData(nameof(BadValues))]
    public void Read_BadRow_IsListedWithLineAndReasonAndTheRestIsRead(string column, string value, string reason)
    {
        var file = Read(
            PortalCsv.File(PortalCsv.Row(("transaction_id", "T0")), PortalCsv.Row((column, value)), PortalCsv.Row(("transaction_id", "T2")))
        );

        Assert.Equal(new ImportProblem(3, reason), Assert.Single(file.Unreadable));
        Assert.Equal([(2, "T0"), (4, "T2")], file.Rows.Select(row => (row.Line, row.TransactionId)));
    }

    [Fact]
    public void Read_TooFewFields_IsListed()
    {
        var file = Read(PortalCsv.File("C1,Ann", PortalCsv.Row()));

        Assert.Equal(new ImportProblem(2, "has 2 fields instead of 13"), Assert.Single(file.Unreadable));
        Assert.Equal(3, Assert.Single(file.Rows).Line);
    }

    [Fact]
    public void Read_QuotedNewlinesCommasAndQuotes_AreOneFieldAndLinesAreCountedInTheFile()
    {
        var file = Read(
            PortalCsv.File(
                PortalCsv.Row(("description", "\"Rent, \"\"flat\n3b\"\"\"")),
                PortalCsv.Row(("transaction_id", "T2")),
                PortalCsv.Row(("amount", "x"))
            )
        );

        Assert.Equal([(2, "Rent, \"flat 3b\""), (4, "Cash")], file.Rows.Select(row => (row.Line, row.Description)));
        Assert.Equal(5, Assert.Single(file.Unreadable).Line);
    }

    [Fact]
    public void Read_QuoteNeverClosed_SaysWhatIsLost()
    {
        var file = Read(PortalCsv.File(PortalCsv.Row(), PortalCsv.Row(("description", "\"Rent")), PortalCsv.Row(), PortalCsv.Row()));

        Assert.Equal(2, Assert.Single(file.Rows).Line);
        Assert.Equal(
            new ImportProblem(3, "a quote is opened and never closed, so everything from here to the end of the file is left out"),
            Assert.Single(file.Unreadable)
        );
    }

    [Fact]
    public void Read_ByteOrderMarkWindowsLinesAndBlankLines_AreNoObstacle()
    {
        var text = PortalCsv
            .File(PortalCsv.Row(("description", "Café")), "", PortalCsv.Row(("transaction_id", "T2")), "")
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        using var reader = new StreamReader(new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]));

        var file = ImportFileReader.Read(reader, Now);

        Assert.Empty(file.Unreadable);
        Assert.Equal([(2, "Café"), (4, "Cash")], file.Rows.Select(row => (row.Line, row.Description)));
    }

    [Fact]
    public void Read_ControlCharacters_AreTakenOut() =>
        Assert.Equal("Re nt", Assert.Single(Read(PortalCsv.File(PortalCsv.Row(("description", "Re\t\u0007\u202ent")))).Rows).Description);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Read_EmptyFile_IsRefused(string text) =>
        Assert.Equal("The file is empty.", Assert.Throws<FormatException>(void () => Read(text)).Message);

    [Fact]
    public void Read_HeaderOnly_HasNoRows() => Assert.Empty(Read(PortalCsv.Header).Rows);

    [Fact]
    public void Read_MissingColumns_NamesThem() => Assert.Equal(
        "The file has no column customer_name, kind.",
        Assert.Throws<FormatException>(void () => Read("customer_id,account_id,transaction_id,occurred_at,amount,currency\n")).Message);

    [Fact]
    public void Read_AnzRows_MapsMovementsAndKinds()
    {
        var file = Read($"""
            {AnzHeader}
            authorized,ACC-1,AUD,POS,Diana,35.39,ASHMORE,QLD,2018-08-01T01:01:15.000+0000,16.25,T1,CUS-1,debit
            posted,ACC-1,AUD,PAY/SALARY,Diana,1035.39,,,2018-08-01T11:00:00.000+0000,1000,T2,CUS-1,credit
            posted,ACC-1,AUD,INTER BANK,Diana,1005.39,,,2018-08-02T11:00:00.000+0000,30,T3,CUS-1,debit
            posted,ACC-1,AUD,PHONE BANK,Diana,995.39,,,2018-08-03T11:00:00.000+0000,10,T4,CUS-1,debit
            posted,ACC-1,AUD,PAYMENT,Diana,985.39,,,2018-08-04T11:00:00.000+0000,10,T5,CUS-1,debit
            """);

        Assert.Equal(ImportFormat.Anz, file.Format);
        Assert.Empty(file.Unreadable);
        Assert.Equal(
            [
                (TransferKind.Purchase, -16.25m, "Card purchase", "Ashmore, QLD"),
                (TransferKind.Salary, 1000m, "Salary", "Employer"),
                (TransferKind.Payment, -30m, "Transfer to another bank", "Another bank"),
                (TransferKind.Payment, -10m, "Telephone banking", "Telephone banking"),
                (TransferKind.Payment, -10m, "Payment", "Payment"),
            ],
            file.Rows.Select(row => (row.Kind, row.Amount.Amount, row.Description, row.Counterparty)));
        var first = file.Rows[0];
        Assert.Equal(
            ("CUS-1", "Diana", null, "ACC-1", "T1"),
            (first.CustomerId, first.CustomerName, first.CustomerEmail, first.AccountId, first.TransactionId)
        );
        Assert.Equal(new DateTimeOffset(2018, 8, 1, 1, 1, 15, TimeSpan.Zero), first.At);
        Assert.Equal(Money.Of(35.39m, Currency.Aud), first.BalanceAfter);
    }

    [Theory]
    [InlineData("POS", "-16.25", "debit", "amount is -16.25 AUD; it must not be negative, the movement gives the direction")]
    [InlineData("POS", "0", "debit", "amount is zero")]
    [InlineData("POS", "16.25", "sideways", "movement is 'sideways'; it can be debit or credit")]
    [InlineData("CHEQUE", "16.25", "debit", "txn_description 'CHEQUE' is not known")]
    public void Read_BadAnzRow_IsListed(string description, string amount, string movement, string reason)
    {
        var file = Read(
            $"{AnzHeader}\nauthorized,ACC-1,AUD,{description},Diana,35.39,,,2018-08-01T01:01:15.000+0000,{amount},T1,CUS-1,{movement}\n"
        );

        Assert.Empty(file.Rows);
        Assert.Equal(new ImportProblem(2, reason), Assert.Single(file.Unreadable));
    }

    private static ImportFile Read(string text) => ImportFileReader.Read(new StringReader(text), Now);
}
