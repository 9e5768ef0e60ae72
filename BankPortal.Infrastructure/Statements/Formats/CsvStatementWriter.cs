using BankPortal.Core.Statements;
using CsvHelper;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets): one line for each movement, oldest first, so the balance
/// of the last line is the closing balance. No cell is a formula.
/// </summary>
public sealed class CsvStatementWriter : IStatementWriter
{
    private static readonly string[] Columns =
    [
        "Date", "Time", "UTC offset", "Type", "Counterparty", "Description", "Amount", "Currency", "Balance", "Movement", "Transfer",
        "Account number", "Statement",
    ];

    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Csv;

    /// <inheritdoc/>
    public string ContentType => "text/csv; charset=utf-8";

    /// <inheritdoc/>
    public string Extension => "csv";

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
        var csv = CsvWriter.Create(output, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        Row(csv, Columns);
        return new StatementOutput(
            movement => Row(
                csv,
                movement.At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                movement.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                movement.At.ToString("zzz", CultureInfo.InvariantCulture),
                StatementText.Kind(movement),
                SpreadsheetText.Cell(movement.Counterparty),
                SpreadsheetText.Cell(movement.Description),
                StatementText.Number(movement.Amount),
                head.Currency.Code,
                StatementText.Number(movement.Balance),
                movement.Id,
                movement.TransferId,
                head.Number.Digits,
                head.Id),
            csv.Dispose);
    }

    private static void Row(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        csv.EndRecord();
    }
}
