using System.Text;
using System.Xml;
using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement as camt.053.001.08 of ISO 20022. Remittance text is cut into lines of 140 characters, which put together are the text again.
/// The closing balance of a provisional statement is an interim one.
/// </summary>
public sealed class CamtStatementWriter : IStatementWriter
{
    /// <summary>The namespace of the message.</summary>
    public const string Namespace = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    private const int MaxText = 140;
    private const int MaxShortText = 70;
    private const int MaxCode = 35;
    private const int MaxAdditional = 500;

    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Camt053;

    /// <inheritdoc/>
    public string ContentType => "application/xml; charset=utf-8";

    /// <inheritdoc/>
    public string Extension => "xml";

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
        xml.WriteStartDocument();
        xml.WriteStartElement("Document", Namespace);
        xml.WriteStartElement("BkToCstmrStmt");
        xml.WriteStartElement("GrpHdr");
        xml.WriteElementString("MsgId", head.Id);
        xml.WriteElementString("CreDtTm", Time(head.AsOf));
        xml.WriteEndElement();
        xml.WriteStartElement("Stmt");
        Head(xml, head);
        Balances(xml, head);
        Summary(xml, head);
        return new StatementOutput(
            movement => Entry(xml, movement, head.Bank),
            () =>
            {
                var note = head.IsProvisional ? StatementText.ProvisionalNote + " " + StatementText.HoldsNote : StatementText.HoldsNote;
                xml.WriteElementString("AddtlStmtInf", First(note, MaxAdditional));
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndElement();
                xml.WriteEndDocument();
                xml.Dispose();
            });
    }

    private static void Head(XmlWriter xml, Statement statement)
    {
        xml.WriteElementString("Id", statement.Id);
        xml.WriteElementString("CreDtTm", Time(statement.AsOf));
        xml.WriteStartElement("FrToDt");
        xml.WriteElementString("FrDtTm", Time(statement.Start));
        xml.WriteElementString("ToDtTm", Time(statement.End.AddSeconds(-1)));
        xml.WriteEndElement();
        xml.WriteStartElement("Acct");
        xml.WriteStartElement("Id");
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", statement.Number.Digits);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("Ccy", statement.Currency.Code);
        WriteText(xml, "Nm", statement.AccountName, MaxShortText);
        if (statement.Holder.Length > 0)
        {
            xml.WriteStartElement("Ownr");
            WriteText(xml, "Nm", statement.Holder, MaxText);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("Svcr");
        xml.WriteStartElement("FinInstnId");
        WriteText(xml, "Nm", statement.Bank.Name, MaxText);
        xml.WriteStartElement("Othr");
        xml.WriteElementString("Id", statement.Bank.Id);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Balances(XmlWriter xml, Statement statement)
    {
        Balance(xml, "OPBD", statement.Opening, statement.Period.From);
        Balance(xml, statement.IsProvisional ? "ITBD" : "CLBD", statement.Closing, statement.Period.To);
    }

    private static void Balance(XmlWriter xml, string code, Money amount, DateOnly day)
    {
        xml.WriteStartElement("Bal");
        xml.WriteStartElement("Tp");
        xml.WriteStartElement("CdOrPrtry");
        xml.WriteElementString("Cd", code);
        xml.WriteEndElement();
        xml.WriteEndElement();
        Amount(xml, amount);
        xml.WriteStartElement("Dt");
        xml.WriteElementString("Dt", Day(day));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Summary(XmlWriter xml, Statement statement)
    {
        xml.WriteStartElement("TxsSummry");
        xml.WriteStartElement("TtlNtries");
        Count(xml, statement.CountIn + statement.CountOut, statement.TotalIn + statement.TotalOut);
        xml.WriteStartElement("TtlNetNtry");
        var net = statement.TotalIn - statement.TotalOut;
        xml.WriteElementString("Amt", StatementText.Number(net.Abs()));
        xml.WriteElementString("CdtDbtInd", Indicator(net));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("TtlCdtNtries");
        Count(xml, statement.CountIn, statement.TotalIn);
        xml.WriteEndElement();
        xml.WriteStartElement("TtlDbtNtries");
        Count(xml, statement.CountOut, statement.TotalOut);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Count(XmlWriter xml, int count, Money sum)
    {
        xml.WriteElementString("NbOfNtries", count.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("Sum", StatementText.Number(sum));
    }

    private static void Entry(XmlWriter xml, StatementMovement movement, StatementBank bank)
    {
        xml.WriteStartElement("Ntry");
        xml.WriteElementString("NtryRef", movement.Id);
        Amount(xml, movement.Amount);
        if (movement.Kind == TransferKind.Reversal)
        {
            xml.WriteElementString("RvslInd", "true");
        }

        xml.WriteStartElement("Sts");
        xml.WriteElementString("Cd", "BOOK");
        xml.WriteEndElement();
        Date(xml, "BookgDt", movement.Day);
        Date(xml, "ValDt", movement.Day);
        xml.WriteElementString("AcctSvcrRef", movement.Id);
        Code(xml, movement, bank);
        xml.WriteStartElement("NtryDtls");
        xml.WriteStartElement("TxDtls");
        xml.WriteStartElement("Refs");
        xml.WriteElementString("AcctSvcrRef", movement.Id);
        xml.WriteElementString("TxId", movement.TransferId);
        xml.WriteEndElement();
        Amount(xml, movement.Amount);
        if (movement.Counterparty.Length > 0)
        {
            xml.WriteStartElement("RltdPties");
            xml.WriteStartElement(movement.Amount.IsNegative ? "Cdtr" : "Dbtr");
            xml.WriteStartElement("Pty");
            WriteText(xml, "Nm", movement.Counterparty, MaxText);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        if (movement.Description.Length > 0)
        {
            xml.WriteStartElement("RmtInf");
            foreach (var piece in TextPieces.Of(movement.Description, MaxText))
            {
                xml.WriteElementString("Ustrd", piece);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("AddtlNtryInf", StatementText.Kind(movement));
        xml.WriteEndElement();
    }

    private static void Code(XmlWriter xml, StatementMovement movement, StatementBank bank)
    {
        var (domain, family, sub) = CodeOf(movement.Kind, movement.Amount.IsNegative);
        xml.WriteStartElement("BkTxCd");
        xml.WriteStartElement("Domn");
        xml.WriteElementString("Cd", domain);
        xml.WriteStartElement("Fmly");
        xml.WriteElementString("Cd", family);
        xml.WriteElementString("SubFmlyCd", sub);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("Prtry");
        xml.WriteElementString("Cd", movement.Kind.ToString());
        WriteText(xml, "Issr", bank.Name, MaxCode);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // The bank transaction codes of ISO 20022's external code lists.
    private static (string Domain, string Family, string Sub) CodeOf(TransferKind kind, bool isDebit) => kind switch
    {
        TransferKind.Transfer => ("PMNT", isDebit ? "ICDT" : "RCDT", "BOOK"),
        TransferKind.Payment => ("PMNT", isDebit ? "ICDT" : "RCDT", "DMCT"),
        TransferKind.Salary => ("PMNT", isDebit ? "ICDT" : "RCDT", "SALA"),
        TransferKind.Purchase => ("PMNT", "CCRD", "POSD"),
        TransferKind.Deposit => ("PMNT", "CNTR", "CDPT"),
        TransferKind.Withdrawal => ("PMNT", "CNTR", "CWDL"),
        TransferKind.Interest => ("ACMT", isDebit ? "MDOP" : "MCOP", "INTR"),
        TransferKind.Fee => ("ACMT", isDebit ? "MDOP" : "MCOP", "FEES"),
        TransferKind.Adjustment or TransferKind.Reversal => ("ACMT", isDebit ? "MDOP" : "MCOP", "ADJT"),
        _ => ("PMNT", isDebit ? "MDOP" : "MCOP", "OTHR"),
    };

    private static void Amount(XmlWriter xml, Money amount)
    {
        xml.WriteStartElement("Amt");
        xml.WriteAttributeString("Ccy", amount.Currency.Code);
        xml.WriteString(StatementText.Number(amount.Abs()));
        xml.WriteEndElement();
        xml.WriteElementString("CdtDbtInd", Indicator(amount));
    }

    private static void Date(XmlWriter xml, string name, DateOnly day)
    {
        xml.WriteStartElement(name);
        xml.WriteElementString("Dt", Day(day));
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, string name, string text, int length) =>
        xml.WriteElementString(name, First(TextInput.Clean(text), length));

    private static string First(string text, int length) => TextPieces.Of(text, length).First();

    private static string Indicator(Money amount) => amount.IsNegative ? "DBIT" : "CRDT";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
