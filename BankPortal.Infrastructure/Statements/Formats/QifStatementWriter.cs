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
        var text = new StringBuilder();
        Line(text, "!Account");
        Line(text, "N" + TextInput.Clean(statement.AccountName) + " " + statement.Number.Digits);
        Line(text, "TBank");
        Line(text, "/" + Day(statement.Period.To));
        Line(text, "$" + StatementText.Number(statement.Closing));
        Line(text, "^");
        Line(text, "!Type:Bank");
        foreach (var movement in statement.Movements)
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

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Day(DateOnly day) => day.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
