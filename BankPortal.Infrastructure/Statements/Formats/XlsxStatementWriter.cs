using BankPortal.Core.Statements;
using MiniExcelLibs;
using MiniExcelLibs.Attributes;
using MiniExcelLibs.OpenXml;

namespace BankPortal.Infrastructure.Statements.Formats;

/// <summary>
/// A statement as a workbook: the sheet of movements, oldest first, and the sheet of its sums. Amounts are numbers and days are dates; no
/// cell is a formula. The library's chance ids and the archive's times are replaced by fixed ones.
/// </summary>
public sealed class XlsxStatementWriter : IStatementWriter
{
    /// <inheritdoc/>
    public StatementFormat Format => StatementFormat.Xlsx;

    /// <inheritdoc/>
    public string ContentType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <inheritdoc/>
    public string Extension => "xlsx";

    /// <inheritdoc/>
    public int MaxMovements => StatementService.MaxMovements;

    /// <inheritdoc/>
    public byte[] Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var number = statement.Currency.MinorUnitDigits == 0 ? "#,##0" : "#,##0." + new string('0', statement.Currency.MinorUnitDigits);
        var settings = new OpenXmlConfiguration
        {
            TableStyles = TableStyles.Default,
            AutoFilter = true,
            DynamicColumns =
            [
                new DynamicExcelColumn("Date") { Width = 12, Format = "yyyy-mm-dd" },
                new DynamicExcelColumn("Time") { Width = 10 },
                new DynamicExcelColumn("Type") { Width = 16 },
                new DynamicExcelColumn("Counterparty") { Width = 32 },
                new DynamicExcelColumn("Description") { Width = 44 },
                new DynamicExcelColumn("Amount") { Width = 15, Format = number },
                new DynamicExcelColumn("Currency") { Width = 10 },
                new DynamicExcelColumn("Balance") { Width = 15, Format = number },
                new DynamicExcelColumn("Movement") { Width = 24 },
                new DynamicExcelColumn("Transfer") { Width = 24 },
                new DynamicExcelColumn("Item") { Width = 28 },
                new DynamicExcelColumn("Value") { Width = 60 },
            ],
        };
        using var bytes = new MemoryStream();
        MiniExcel.SaveAs(
            bytes,
            new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["Movements"] = statement.Movements.IsEmpty ? [Empty()] : statement.Movements.Select(movement => Row(movement)),
                ["Statement"] = Summary(statement),
            },
            configuration: settings);
        bytes.Position = 0;
        return XlsxSettling.Settle(bytes);
    }

    private static Dictionary<string, object?> Row(StatementMovement movement) => new(StringComparer.Ordinal)
    {
        ["Date"] = movement.Day.ToDateTime(TimeOnly.MinValue),
        ["Time"] = movement.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
        ["Type"] = StatementText.Kind(movement),
        ["Counterparty"] = SpreadsheetText.Cell(movement.Counterparty),
        ["Description"] = SpreadsheetText.Cell(movement.Description),
        ["Amount"] = movement.Amount.Amount,
        ["Currency"] = movement.Amount.Currency.Code,
        ["Balance"] = movement.Balance.Amount,
        ["Movement"] = movement.Id,
        ["Transfer"] = movement.TransferId,
    };

    // The headings alone.
    private static Dictionary<string, object?> Empty() => new(StringComparer.Ordinal)
    {
        ["Date"] = null,
        ["Time"] = null,
        ["Type"] = null,
        ["Counterparty"] = null,
        ["Description"] = null,
        ["Amount"] = null,
        ["Currency"] = null,
        ["Balance"] = null,
        ["Movement"] = null,
        ["Transfer"] = null,
    };

    private static List<Dictionary<string, object>> Summary(Statement statement)
    {
        var rows = new List<Dictionary<string, object>>();
        Add("Bank", SpreadsheetText.Cell(statement.Bank.Name));
        Add("Statement", statement.Id);
        Add("Account holder", SpreadsheetText.Cell(statement.Holder));
        Add("Account", SpreadsheetText.Cell(statement.AccountName));
        Add("Account number", statement.Number.Digits);
        Add("Currency", statement.Currency.Code);
        Add("First day", statement.Period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("Last day", statement.Period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add("Opening balance", statement.Opening.Amount);
        Add("Money in", statement.TotalIn.Amount);
        Add("Money out", statement.TotalOut.Amount);
        Add("Closing balance", statement.Closing.Amount);
        Add("Interest (in the sums)", statement.Interest.Amount);
        Add("Fees (in the sums)", statement.Fees.Amount);
        Add("Note", StatementText.HoldsNote);
        if (statement.IsProvisional)
        {
            Add("State", StatementText.ProvisionalNote);
        }

        return rows;

        void Add(string item, object value) =>
            rows.Add(new Dictionary<string, object>(StringComparer.Ordinal) { ["Item"] = item, ["Value"] = value });
    }
}
