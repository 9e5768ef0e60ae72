using System.Text;
using System.Xml;
using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement in Open Financial Exchange 2.1.1. The name of a transaction has 32 characters at most: a longer one is cut there and stands
/// in full in the memo. <c>FITID</c> is the movement's id, and the balance is the one at the end of the period.
/// </summary>
public sealed class OfxStatementWriter : IStatementWriter
{
    private const int MaxName = 32;
    private const string Header = "OFXHEADER=\"200\" VERSION=\"211\" SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"";

    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Ofx;

    /// <inheritdoc/>
    public string ContentType => "application/x-ofx";

    /// <inheritdoc/>
    public string Extension => "ofx";

    /// <inheritdoc/>
    public int MaxMovements => StatementService.MaxMovements;

    /// <inheritdoc/>
    public byte[] Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return StatementOutput.Write(this, statement);
    }

    /// <inheritdoc/>
    public IStatementOutput Begin(Statement head, Stream output)
    {
        ArgumentNullException.ThrowIfNull(head);
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        var xml = XmlWriter.Create(output, settings);
        xml.WriteStartDocument(standalone: true);
        xml.WriteProcessingInstruction("OFX", Header);
        xml.WriteStartElement("OFX");
        SignOn(xml, head);
        xml.WriteStartElement("BANKMSGSRSV1");
        xml.WriteStartElement("STMTTRNRS");
        xml.WriteElementString("TRNUID", head.Id);
        Status(xml);
        Account(xml, head);
        return new StatementOutput(
            movement => Transaction(xml, movement),
            () =>
            {
                xml.WriteEndElement();
                Balance(xml, head);
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndDocument();
                xml.Dispose();
            });
    }

    private static void SignOn(XmlWriter xml, Statement statement)
    {
        xml.WriteStartElement("SIGNONMSGSRSV1");
        xml.WriteStartElement("SONRS");
        Status(xml);
        xml.WriteElementString("DTSERVER", Time(statement.AsOf));
        xml.WriteElementString("LANGUAGE", "ENG");
        xml.WriteStartElement("FI");
        xml.WriteElementString("ORG", Short(statement.Bank.Name, MaxName));
        xml.WriteElementString("FID", statement.Bank.Id);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Status(XmlWriter xml)
    {
        xml.WriteStartElement("STATUS");
        xml.WriteElementString("CODE", "0");
        xml.WriteElementString("SEVERITY", "INFO");
        xml.WriteEndElement();
    }

    private static void Account(XmlWriter xml, Statement statement)
    {
        xml.WriteStartElement("STMTRS");
        xml.WriteElementString("CURDEF", statement.Currency.Code);
        xml.WriteStartElement("BANKACCTFROM");
        xml.WriteElementString("BANKID", statement.Bank.Id);
        xml.WriteElementString("ACCTID", statement.Number.Digits);
        xml.WriteElementString("ACCTTYPE", statement.Type == AccountType.Savings ? "SAVINGS" : "CHECKING");
        xml.WriteEndElement();
        xml.WriteStartElement("BANKTRANLIST");
        xml.WriteElementString("DTSTART", Time(statement.Start));
        xml.WriteElementString("DTEND", Time(Last(statement)));
    }

    private static void Balance(XmlWriter xml, Statement statement)
    {
        xml.WriteStartElement("LEDGERBAL");
        xml.WriteElementString("BALAMT", StatementText.Number(statement.Closing));
        xml.WriteElementString("DTASOF", Time(Last(statement)));
        xml.WriteEndElement();
    }

    private static void Transaction(XmlWriter xml, StatementMovement movement)
    {
        var (title, note) = (StatementText.Title(movement), StatementText.Note(movement));
        var name = Short(title, MaxName);
        var memo = name == title ? note : note.Length == 0 ? title : $"{title}: {note}";
        xml.WriteStartElement("STMTTRN");
        xml.WriteElementString("TRNTYPE", TypeOf(movement));
        xml.WriteElementString("DTPOSTED", Time(movement.At));
        xml.WriteElementString("TRNAMT", StatementText.Number(movement.Amount));
        xml.WriteElementString("FITID", movement.Id);
        xml.WriteElementString("REFNUM", movement.TransferId);
        xml.WriteElementString("NAME", name);
        if (memo.Length > 0)
        {
            xml.WriteElementString("MEMO", memo);
        }

        xml.WriteEndElement();
    }

    private static string TypeOf(StatementMovement movement) => movement.Kind switch
    {
        TransferKind.Deposit => "DEP",
        TransferKind.Withdrawal => "CASH",
        TransferKind.Transfer => "XFER",
        TransferKind.Purchase => "POS",
        TransferKind.Payment when movement.Amount.IsNegative => "PAYMENT",
        TransferKind.Salary => "DIRECTDEP",
        TransferKind.Interest => "INT",
        TransferKind.Fee => "FEE",
        _ => movement.Amount.IsNegative ? "DEBIT" : "CREDIT",
    };

    // Both ends of a statement's days are included.
    private static DateTimeOffset Last(Statement statement) =>
        statement.IsProvisional ? statement.AsOf : new DateTimeOffset(statement.End.DateTime.AddSeconds(-1), statement.End.Offset);

    // In the bank's time with its offset: programs that leave the offset out of account still take the bank's day.
    private static string Time(DateTimeOffset at)
    {
        var hours = ((decimal)at.Offset.TotalMinutes / 60).ToString("0.##", CultureInfo.InvariantCulture);
        return at.ToString("yyyyMMddHHmmss.fff", CultureInfo.InvariantCulture) + $"[{hours}]";
    }

    private static string Short(string text, int length) => TextPieces.Of(TextInput.Clean(text), length).First();
}
