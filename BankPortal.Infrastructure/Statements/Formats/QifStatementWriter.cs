using System.Text;
using BankPortal.Core.Statements;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement in Quicken Interchange Format: UTF-8, days as month/day/year. The head names the account and the balance at the end of the
/// period; there is no transaction for the opening balance, because programs would add it up each month.
/// </summary>
public sealed class QifStatementWriter : IStatementWriter
{
    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Qif;

    /// <inheritdoc/>
    public string ContentType => "application/qif; charset=utf-8";

    /// <inheritdoc/>
    public string Extension => "qif";

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
        var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        Line(text, "!Account");
        Line(text, "N" + TextInput.Clean(head.AccountName) + " " + head.Number.Digits);
        Line(text, "TBank");
        Line(text, "/" + Day(head.Period.To));
        Line(text, "$" + StatementText.Number(head.Closing));
        Line(text, "^");
        Line(text, "!Type:Bank");
        return new StatementOutput(movement => Movement(text, movement), text.Flush);
    }

    private static void Movement(TextWriter text, StatementMovement movement)
    {
        Line(text, "D" + Day(movement.Day));
        Line(text, "T" + StatementText.Number(movement.Amount));
        Line(text, "N" + movement.Id);
        Line(text, "P" + StatementText.Title(movement));
        if (StatementText.Note(movement) is { Length: > 0 } note)
        {
            Line(text, "M" + note);
        }

        Line(text, "^");
    }

    private static string Day(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    private static void Line(TextWriter text, string line)
    {
        text.Write(line);
        text.Write("\r\n");
    }
}
