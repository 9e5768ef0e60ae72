using System.Text;
using BankPortal.Infrastructure.Ledger.Import;

namespace BankPortal.Tests.Ledger.Import;

[UnitTest]
public sealed class ImportFileReaderTests
{
    private const string AnzHeader =
        "status,account,currency,txn_description,first_name,balance,merchant_suburb,merchant_state,extraction,amount,transaction_id,customer_id,movement";

    private const string NoTime = "is not a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z";

    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string> BadValues =>
        new()
        {
            { "amount", "12,50", "has 14 fields instead of 13" },
            { "amount", "1.000", "amount '1.000' has 3 decimals; USD has 2" },
            { "amount", "12.500", "amount '12.500' has 3 decimals; USD has 2" },
            { "amount", "\"1,234.50\"", "amount '1,234.50' is not an amount of USD such as 1234.50; --decimal-separator says what a comma in it means" },
            { "amount", "\"12,50\"", "amount '12,50' is not an amount of USD such as 1234.50; --decimal-separator says what a comma in it means" },
            { "amount", "1 234.50", "amount '1 234.50' is not an amount of USD such as 1234.50" },
            { "amount", "1\u00a0234.50", "amount '1\u00a0234.50' is not an amount of USD such as 1234.50" },
            { "amount", "1\u200b234.50", "amount '1\u200b234.50' is not an amount of USD such as 1234.50" },
            { "amount", "1'234.50", "amount '1'234.50' is not an amount of USD such as 1234.50" },
            { "amount", "1.234.50", "amount '1.234.50' is not an amount of USD such as 1234.50" },
            { "amount", "+12.50-", "amount '+12.50-' is not an amount of USD such as 1234.50" },
            { "amount", "12.50-", "amount '12.50-' is not an amount of USD such as 1234.50" },
            { "amount", "--12.50", "amount '--12.50' is not an amount of USD such as 1234.50" },
            { "amount", "- 12.50", "amount '- 12.50' is not an amount of USD such as 1234.50" },
            { "amount", "(12.50)", "amount '(12.50)' is not an amount of USD such as 1234.50" },
            { "amount", "$12.50", "amount '$12.50' is not an amount of USD such as 1234.50" },
            { "amount", "12.", "amount '12.' is not an amount of USD such as 1234.50" },
            { "amount", ".", "amount '.' is not an amount of USD such as 1234.50" },
            { "amount", "-", "amount '-' is not an amount of USD such as 1234.50" },
            { "amount", "\u0661\u0662", "amount '\u0661\u0662' is not an amount of USD such as 1234.50" },
            { "amount", "twelve", "amount 'twelve' is not an amount of USD such as 1234.50" },
            { "amount", "1e3", "amount '1e3' is not an amount of USD such as 1234.50" },
            { "amount", "0.001", "amount '0.001' has 3 decimals; USD has 2" },
            { "amount", "99999999999999999999", "amount '99999999999999999999' is not an amount of USD such as 1234.50" },
            { "amount", "0.00", "amount is zero" },
            { "amount", "", "has no amount" },
            { "amount", "-1", "amount is -1.00 USD, but a deposit brings money in" },
            { "currency", "XYZ", "currency 'XYZ' is not one the bank supports" },
            { "currency", "", "currency '' is not one the bank supports" },
            { "occurred_at", "yesterday", $"occurred_at 'yesterday' {NoTime}" },
            { "occurred_at", "", $"occurred_at '' {NoTime}" },
            { "occurred_at", "03/04/2026", $"occurred_at '03/04/2026' {NoTime}" },
            { "occurred_at", "3.4.26", $"occurred_at '3.4.26' {NoTime}" },
            { "occurred_at", "2026/01/31", $"occurred_at '2026/01/31' {NoTime}" },
            { "occurred_at", "2026-1-31", $"occurred_at '2026-1-31' {NoTime}" },
            { "occurred_at", "20260131", $"occurred_at '20260131' {NoTime}" },
            { "occurred_at", "2026-02-30", $"occurred_at '2026-02-30' {NoTime}" },
            { "occurred_at", "2026-01", $"occurred_at '2026-01' {NoTime}" },
            { "occurred_at", "12:00", $"occurred_at '12:00' {NoTime}" },
            { "occurred_at", "Jan 31 2026", $"occurred_at 'Jan 31 2026' {NoTime}" },
            { "occurred_at", "2026-01-31T12:00:00 Z", $"occurred_at '2026-01-31T12:00:00 Z' {NoTime}" },
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
            { "description", "M\ufffdller", "description 'M\ufffdller' has lost a letter before the file was written" },
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
                new DateOnly(2026, 1, 31),
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
                2, "C1", "Ann", null, "A1", AccountType.Checking, "T1", new DateTimeOffset(2026, 1, 31, 5, 0, 0, TimeSpan.Zero),
                new DateOnly(2026, 1, 31), TransferKind.Fee, Money.Of(-100, Currency.Jpy), "", "", null),
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
    public void Read_WindowsLinesAndBlankLines_AreNoObstacle()
    {
        var file = Read(PortalCsv
            .File(PortalCsv.Row(("description", "Café")), "", PortalCsv.Row(("transaction_id", "T2")), "")
            .Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Empty(file.Unreadable);
        Assert.Equal([(2, "Café"), (4, "Cash")], file.Rows.Select(row => (row.Line, row.Description)));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    public void Read_OtherSeparator_IsFoundByTheHeader(char separator)
    {
        var text = PortalCsv
            .File(PortalCsv.Row(("counterparty", "Shop")))
            .Replace(',', separator)
            .Replace("Cash", "\"Rent, flat; 3b\"", StringComparison.Ordinal);

        var row = Assert.Single(Read(text).Rows);

        Assert.Equal(("Rent, flat; 3b", "Shop", 12.50m), (row.Description, row.Counterparty, row.Amount.Amount));
    }

    [Fact]
    public void Read_HeaderWithCapitalsAndBlanks_IsTheSameHeader()
    {
        var header = string.Join(" , ", PortalCsv.Header.Split(',').Select(name => name.ToUpperInvariant()));
        var row = PortalCsv.Row(("description", "\"Rent, flat\"")).Replace(",\"", ", \"", StringComparison.Ordinal);

        var file = Read($"{header}\n{row.Replace("USD", " USD ", StringComparison.Ordinal)}\n");

        Assert.Empty(file.Unreadable);
        Assert.Equal("Rent, flat", Assert.Single(file.Rows).Description);
    }

    [Fact]
    public void Read_ColumnTwice_IsRefused() => Assert.Equal(
        "The file has the column amount more than once.",
        Assert.Throws<FormatException>(void () => Read(PortalCsv.Header + ",Amount\n")).Message);

    [Theory]
    [InlineData("2026-01-31", "2026-01-31T05:00:00Z", 31)]
    [InlineData("2026-07-01", "2026-07-01T04:00:00Z", 1)]
    [InlineData("2026-01-31T12:00", "2026-01-31T12:00:00Z", 31)]
    [InlineData("2026-01-31 12:00:01", "2026-01-31T12:00:01Z", 31)]
    [InlineData("2026-01-31T12:00:00.1234567Z", "2026-01-31T12:00:00.1234567Z", 31)]
    [InlineData("2026-01-31T12:00:00+05:30", "2026-01-31T06:30:00Z", 31)]
    [InlineData("2026-01-31T12:00:00.000-0800", "2026-01-31T20:00:00Z", 31)]
    [InlineData("2026-01-31T03:00:00Z", "2026-01-31T03:00:00Z", 30)]
    public void Read_IsoTime_IsUtcAndADateAloneIsTheDayOfTheBank(string text, string at, int day)
    {
        var row = Assert.Single(Read(PortalCsv.File(PortalCsv.Row(("occurred_at", text)))).Rows);

        Assert.Equal((DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), day), (row.At, row.Day.Day));
    }

    [Fact]
    public void Read_DateOnly_BelongsToThatDayInTheTimeZoneOfTheBank()
    {
        var rules = new LedgerRules(new LedgerOptions { TimeZone = "Asia/Tokyo" });
        var text = PortalCsv.File(PortalCsv.Row(("occurred_at", "2026-01-02")));

        var row = Assert.Single(ImportFileReader.Read(Encoding.UTF8.GetBytes(text), ImportMapping.Documented, rules, Now).Rows);

        Assert.Equal(new DateTimeOffset(2026, 1, 1, 15, 0, 0, TimeSpan.Zero), row.At);
        Assert.Equal(new DateOnly(2026, 1, 2), rules.DayOf(row.At));
    }

    [Theory]
    [InlineData("dd/MM/yyyy", "03/04/2026", "2026-04-03T04:00:00Z")]
    [InlineData("M/d/yyyy", "3/4/2026", "2026-03-04T05:00:00Z")]
    [InlineData("d.M.yy", "3.4.26", "2026-04-03T04:00:00Z")]
    [InlineData("dd.MM.yyyy HH:mm", "03.04.2026 17:05", "2026-04-03T17:05:00Z")]
    public void Read_DateFormatNamed_TakesThatAndNothingElse(string format, string text, string at)
    {
        var file = Read(
            PortalCsv.File(PortalCsv.Row(("occurred_at", text)), PortalCsv.Row(("occurred_at", "2026-01-31"))),
            new ImportMapping { DateFormat = format });

        Assert.Equal(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), Assert.Single(file.Rows).At);
        Assert.Equal(new ImportProblem(3, $"occurred_at '2026-01-31' is not written as {format}"), Assert.Single(file.Unreadable));
    }

    [Theory]
    [InlineData("dd/mm/yyyy")]
    [InlineData("MM/yyyy")]
    [InlineData("d")]
    [InlineData("o")]
    [InlineData("dd.MM.yyyy hh:mm")]
    [InlineData("nothing")]
    [InlineData("'dd.MM.yyyy")]
    public void IsDateFormat_DayMonthYearOrHourGetLost_IsFalse(string format) => Assert.False(ImportMapping.IsDateFormat(format));

    [Theory]
    [InlineData(null, "12.5", "12.50")]
    [InlineData(null, ".5", "0.50")]
    [InlineData(null, "+12.50", "12.50")]
    [InlineData(null, "0012.50", "12.50")]
    [InlineData(',', "12,50", "12.50")]
    [InlineData(',', "1.000", "1000.00")]
    [InlineData(',', "1.234.567,89", "1234567.89")]
    [InlineData(',', "1 234,5", "1234.50")]
    [InlineData(',', "1\u202f234,50", "1234.50")]
    [InlineData('.', "1,234.50", "1234.50")]
    [InlineData('.', "1'234.50", "1234.50")]
    [InlineData(',', "1.00", null)]
    [InlineData(',', "12.345.6,00", null)]
    [InlineData(',', "1.234 567,00", null)]
    [InlineData(',', ".234,00", null)]
    [InlineData(',', "1,234.50", null)]
    [InlineData('.', "1.000", null)]
    [InlineData('.', "1234,50", null)]
    public void Read_Amount_IsWhatTheDigitsSay(char? separator, string text, string? amount)
    {
        var file = Read(
            PortalCsv.File(PortalCsv.Row(("amount", $"\"{text}\""))), new ImportMapping { DecimalSeparator = separator });

        Assert.Equal(
            amount is null ? [] : [decimal.Parse(amount, CultureInfo.InvariantCulture)], file.Rows.Select(row => row.Amount.Amount));
        Assert.Equal(amount is null ? 1 : 0, file.Unreadable.Length);
    }

    [Theory]
    [InlineData("JPY", "1.5", "amount '1.5' has 1 decimals; JPY has 0")]
    [InlineData("JPY", "x", "amount 'x' is not an amount of JPY such as 1234")]
    public void Read_AmountOfACurrencyWithoutDecimals_HasNone(string currency, string amount, string reason) => Assert.Equal(
        reason,
        Assert.Single(Read(PortalCsv.File(PortalCsv.Row(("currency", currency), ("amount", amount)))).Unreadable).Reason);

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
    public void Read_MissingColumns_NamesThemAndWhatIsThere() => Assert.Equal(
        "The file has no column customer_name, kind. It has, separated by semicolons: Customer_Id, account_id, transaction_id, occurred_at, amount, currency.",
        Assert.Throws<FormatException>(
            void () => Read("Customer_Id; account_id;transaction_id;occurred_at;amount;currency\n")).Message);

    [Fact]
    public void Read_AnzFileWithoutAColumn_MissesThatColumnOnly() => Assert.StartsWith(
        "The file has no column movement. It has, separated by commas: status, account, ",
        Assert.Throws<FormatException>(void () => Read(AnzHeader.Replace(",movement", "", StringComparison.Ordinal))).Message,
        StringComparison.Ordinal);

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

    private static ImportFile Read(string text, ImportMapping? mapping = null) => ImportFileReader.Read(
        Encoding.UTF8.GetBytes(text), mapping ?? ImportMapping.Documented, new LedgerRules(new LedgerOptions()), Now);
}
