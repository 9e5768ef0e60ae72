using System.Text;
using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement as SWIFT MT940 without the blocks of the network: one message in character set x. The movement's id is in the supplementary
/// details of field 61. Field 86 has six lines of 65 characters, which put together are the text again.
/// </summary>
public sealed class Mt940StatementWriter : IStatementWriter
{
    private const int LineLength = 65;
    private const int MostLines = 6;
    private const int ReferenceLength = 16;

    // Cuts may be made up to 20 characters early.
    private const int MostText = (MostLines - 1) * 46 + LineLength;

    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Mt940;

    /// <inheritdoc/>
    public string ContentType => "text/plain; charset=us-ascii";

    /// <inheritdoc/>
    public string Extension => "sta";

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
        var text = new StreamWriter(output, Encoding.ASCII, leaveOpen: true);
        Line(text, ":20:" + head.Id[..ReferenceLength]);
        Line(text, ":25:" + head.Number.Digits);
        Line(text, ":28C:" + NumberOf(head.Period) + "/1");
        Line(text, ":60F:" + Balance(head.Opening, head.Period.From));
        return new StatementOutput(
            movement => Movement(text, movement),
            () =>
            {
                Line(text, (head.IsProvisional ? ":62M:" : ":62F:") + Balance(head.Closing, head.Period.To));
                Line(text, "-");
                text.Flush();
            });
    }

    private static void Movement(TextWriter text, StatementMovement movement)
    {
        var day = movement.Day.ToString("yyMMdd", CultureInfo.InvariantCulture);
        Line(
            text,
            $":61:{day}{day[2..]}{Mark(movement)}{Amount(movement.Amount)}N{TypeOf(movement)}NONREF//{movement.TransferId[..ReferenceLength]}");
        Line(text, movement.Id);
        Details(text, movement);
    }

    private static void Details(TextWriter text, StatementMovement movement)
    {
        var parts = new StringBuilder("/TYPE/").Append(StatementText.Kind(movement));
        if (movement.Counterparty.Length > 0)
        {
            parts.Append("/NAME/").Append(movement.Counterparty);
        }

        if (movement.Description.Length > 0)
        {
            parts.Append("/REMI/").Append(movement.Description);
        }

        var first = true;
        foreach (var piece in TextPieces.Of(SwiftText.Of(parts.ToString(), MostText), LineLength, SwiftText.MayStart))
        {
            // Only where there is no better place to cut: a line of hyphens alone.
            var line = first || SwiftText.MayStart(piece[0]) ? piece : "." + piece[1..];
            Line(text, (first ? ":86:" : "") + line);
            first = false;
        }
    }

    // The month of the year, the quarter or the year; other days have no number.
    private static string NumberOf(StatementPeriod period) => period.Kind switch
    {
        StatementPeriodKind.Month => period.From.ToString("yyMM", CultureInfo.InvariantCulture),
        StatementPeriodKind.Quarter => period.From.ToString("yy", CultureInfo.InvariantCulture)
            + (20 + period.QuarterNumber).ToString(CultureInfo.InvariantCulture),
        StatementPeriodKind.Year => period.From.ToString("yy", CultureInfo.InvariantCulture) + "00",
        _ => "0",
    };

    private static string Mark(StatementMovement movement) => (movement.Kind, movement.Amount.IsNegative) switch
    {
        (TransferKind.Reversal, true) => "RC",
        (TransferKind.Reversal, false) => "RD",
        (_, true) => "D",
        _ => "C",
    };

    private static string TypeOf(StatementMovement movement) => movement.Kind switch
    {
        TransferKind.Fee => "CHG",
        TransferKind.Interest => "INT",
        TransferKind.Adjustment or TransferKind.Opening => "MSC",
        _ => "TRF",
    };

    private static string Balance(Money balance, DateOnly day) =>
        (balance.IsNegative ? "D" : "C")
        + day.ToString("yyMMdd", CultureInfo.InvariantCulture)
        + balance.Currency.Code
        + Amount(balance);

    // A comma in every amount, also without decimals.
    private static string Amount(Money amount)
    {
        var number = StatementText.Number(amount.Abs()).Replace('.', ',');
        return number.Contains(',', StringComparison.Ordinal) ? number : number + ",";
    }

    private static void Line(TextWriter text, string line)
    {
        text.Write(line);
        text.Write("\r\n");
    }
}
