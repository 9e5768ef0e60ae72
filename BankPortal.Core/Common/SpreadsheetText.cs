namespace BankPortal.Core.Common;

/// <summary>Text of people in cells of spreadsheets.</summary>
public static class SpreadsheetText
{
    /// <summary>Returns a cell that a spreadsheet takes for text: what could begin a formula gets an apostrophe in front.</summary>
    public static string Cell(string? text) =>
        text is null ? ""
        : text.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..]
            || text is ['\t' or '\r' or '\n', ..]
            ? "'" + text
            : text;
}
