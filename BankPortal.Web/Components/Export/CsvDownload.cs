using CsvHelper;

namespace BankPortal.Web.Components.Export;

/// <summary>
/// Answers a request with a CSV file that is written while it is read, so its length does not matter. Spreadsheets open it as
/// UTF-8, and no cell of it is a formula.
/// </summary>
public static class CsvDownload
{
    /// <summary>The rows of a list that a signed-in person may download.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">What the file is called: <c>name-2026-11-27.csv</c>, with the reader's date.</param>
    /// <param name="columns">The headings.</param>
    /// <param name="rows">The rows; each gives one text for each column.</param>
    /// <param name="today">The reader's date.</param>
    public static Task WriteAsync(
        HttpContext context,
        string name,
        IReadOnlyCollection<string> columns,
        IAsyncEnumerable<IReadOnlyList<string>> rows,
        DateOnly today) =>
        FileDownload.StreamAsync(
            context,
            $"{name}-{today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv",
            "text/csv; charset=utf-8",
            (body, ct) => WriteAsync(body, columns, rows, ct));

    private static async Task WriteAsync(
        Stream body, IReadOnlyCollection<string> columns, IAsyncEnumerable<IReadOnlyList<string>> rows, CancellationToken ct)
    {
        // With a byte order mark: without it spreadsheets take the text for the local code page.
        await using var csv = CsvWriter.Create(body, new CsvWriterOptions { WriteByteOrderMark = true }, true);
        await WriteRowAsync(csv, columns, ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            await WriteRowAsync(csv, row, ct);
        }
    }

    private static async Task WriteRowAsync(CsvWriter csv, IEnumerable<string> cells, CancellationToken ct)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        await csv.EndRecordAsync(ct);
    }

    /// <summary>A cell that a spreadsheet takes for text: what could begin a formula gets an apostrophe in front.</summary>
    public static string Text(string? text) => SpreadsheetText.Cell(text);

    /// <summary>A time in the reader's zone with its distance from UTC, which both people and programs read.</summary>
    public static string Time(DateTimeOffset? at, UserTimeZone zone) =>
        at is { } time ? zone.ToLocal(time).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) : "";
}
