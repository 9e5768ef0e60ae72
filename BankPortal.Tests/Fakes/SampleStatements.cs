using BankPortal.Core.Statements;
using BankPortal.Infrastructure.Statements.Formats;
using BankPortal.Infrastructure.Statements.Pdf;

namespace BankPortal.Tests.Fakes;

/// <summary>Statements with everything that formats find hard: two equal movements, long and foreign text, formulas and markup.</summary>
public static class SampleStatements
{
    /// <summary>A description as long as one may be.</summary>
    public const string Long =
        "Rechnung 2026/10-4711 für die Wohnung Sendlinger Straße 12, 2. Stock links, mit Zählerstand vom 30. September und Gutschrift - siehe unten";

    /// <summary>A counterparty as long as one may be.</summary>
    public const string LongName =
        "Stadtwerke München GmbH, Kundenservice Strom, Gas und Wasser, Abteilung Süd, Sachgebiet Abrechnung 7";

    /// <summary>Text that programs could take for something else.</summary>
    public const string Formula = "=HYPERLINK(\"http://evil\",\"x\"), a; b | c <b>&amp;</b> ]]> ^ :86: -";

    private static readonly (TransferKind Kind, string Who, string What, decimal Amount)[] Kinds =
    [
        (TransferKind.Salary, "Ellington & Sons Ltd.", "Salary", 4_120m),
        (TransferKind.Purchase, "Blue Café", "", -4.50m),
        (TransferKind.Purchase, "Blue Café", "", -4.50m),
        (TransferKind.Payment, LongName, Long, -129.99m),
        (TransferKind.Transfer, "Łukasz Żółć", Formula, -25m),
        (TransferKind.Withdrawal, "", "", -200m),
        (TransferKind.Transfer, "Savings ••1234", "Rainy days", -500m),
        (TransferKind.Interest, "", "Interest", 1.23m),
        (TransferKind.Fee, "", "Account fee", -5m),
        (TransferKind.Deposit, "", "", 100m),
        (TransferKind.Reversal, "Blue Café", "Reversal of a card purchase", 4.50m),
        (TransferKind.Transfer, "Ольга Иванова 😀", "за обед", 19.99m),
    ];

    /// <summary>All formats' writers.</summary>
    public static ImmutableArray<IStatementWriter> Writers { get; } =
    [
        new PdfStatementWriter(), new CsvStatementWriter(), new XlsxStatementWriter(), new OfxStatementWriter(), new QifStatementWriter(),
        new CamtStatementWriter(), new Mt940StatementWriter(),
    ];

    /// <summary>The formats.</summary>
    public static TheoryData<StatementFormat> Formats => [.. Enum.GetValues<StatementFormat>()];

    /// <summary>A statement's file in a format.</summary>
    public static byte[] Write(StatementFormat format, Statement statement) =>
        Writers.Single(writer => writer.Format == format).Write(statement);

    /// <summary>A statement of October 2026 in New York, with movements of all kinds spread over its days.</summary>
    public static Statement October(int movements = 24, decimal opening = 1_234.56m, bool provisional = false)
    {
        var period = StatementPeriod.Month(2026, 10);
        var start = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.FromHours(-4));
        var currency = Currency.Usd;
        var balance = Money.Of(opening, currency);
        var list = new List<StatementMovement>();
        for (var i = 0; i < movements; i++)
        {
            var (kind, who, what, amount) = Kinds[i % Kinds.Length];
            var money = Money.Of(amount, currency);
            balance += money;
            var transfer = DerivedId.From("sample", i.ToString(CultureInfo.InvariantCulture));
            list.Add(new StatementMovement
            {
                Id = StatementMovement.IdOf(transfer, money.IsNegative),
                TransferId = transfer,
                Sequence = i + 1,
                At = start.AddMinutes(i * 31 * 24 * 60 / Math.Max(1, movements)),
                Amount = money,
                Balance = balance,
                Kind = kind,
                IsOwn = who.StartsWith("Savings", StringComparison.Ordinal),
                Counterparty = who,
                Description = what,
            });
        }

        return new Statement
        {
            Id = Statement.IdOf("sample", period),
            AccountId = "sample",
            Number = AccountNumber.Parse("7404817367"),
            Type = AccountType.Checking,
            AccountName = "Household & more",
            Holder = "Adele Goldberg",
            Bank = new StatementBank("BankPortal", "1 Harbour Street, Boston", "help@bank.example", "BANKPORTL"),
            Period = period,
            Start = start,
            End = start.AddMonths(1),
            AsOf = start.AddMonths(1),
            IsProvisional = provisional,
            Opening = Money.Of(opening, currency),
            Closing = balance,
            TotalIn = Sum(movement => movement.Amount.IsPositive),
            TotalOut = -Sum(movement => movement.Amount.IsNegative),
            Interest = Sum(movement => movement.Kind == TransferKind.Interest),
            Fees = -Sum(movement => movement.Kind == TransferKind.Fee),
            CountIn = list.Count(movement => movement.Amount.IsPositive),
            CountOut = list.Count(movement => movement.Amount.IsNegative),
            Movements = [.. list],
        };

        Money Sum(Func<StatementMovement, bool> which) =>
            list.Where(which).Aggregate(Money.Zero(currency), (sum, movement) => sum + movement.Amount);
    }
}
