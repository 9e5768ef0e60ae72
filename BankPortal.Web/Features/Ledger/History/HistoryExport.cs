using BankPortal.Web.Components.Transactions;
using CsvHelper;
using Microsoft.Net.Http.Headers;

namespace BankPortal.Web.Features.Ledger.History;

/// <summary>The history as a CSV file: what the filters of the page let through, written while it is read.</summary>
public static class HistoryExport
{
    public const string Path = "/transactions/history.csv";

    private static readonly string[] Columns =
    [
        "Date",
        "Time",
        "UTC offset",
        "Account",
        "Account number",
        "Type",
        "Counterparty",
        "Description",
        "Amount",
        "Currency",
        "Balance",
        "Reference",
    ];

    /// <summary>Maps the download.</summary>
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(Path, WriteAsync).RequireAuthorization(Policies.Customer);

    /// <summary>A cell that a spreadsheet takes for text: what could begin a formula gets an apostrophe in front.</summary>
    internal static string Cell(string text) =>
        text.TrimStart() is ['=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20', ..]
        || text is ['\t' or '\r' or '\n', ..]
            ? "'" + text
            : text;

    private static async Task WriteAsync(
        HttpContext context, ActorProvider actors, HistoryService history, UserTimeZone zone, TimeProvider time)
    {
        var ct = context.RequestAborted;
        if (await actors.FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        zone.Set(context.Request.Cookies[UserTimeZone.Cookie] is { } cookie ? Uri.UnescapeDataString(cookie) : null);
        var filter = HistoryQuery.Of(context.Request.Query).Read(zone, out var errors);
        if (errors.Count > 0)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, errors.First().Value);
            return;
        }

        var lines = await history.ExportAsync(actor, filter, ct);
        if (!lines.IsSuccess)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, lines.Error.Message);
            return;
        }

        var today = QueryText.Format(DateOnly.FromDateTime(zone.ToLocal(time.GetUtcNow()).DateTime));
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition =
            new ContentDispositionHeaderValue("attachment") { FileName = $"transactions-{today}.csv" }.ToString();

        // With a byte order mark: without it spreadsheets take the text for the local code page.
        await using var csv = CsvWriter.Create(context.Response.Body, new CsvWriterOptions { WriteByteOrderMark = true }, true);
        await csv.WriteRecordAsync(Columns, ct);
        await foreach (var line in lines.Value.WithCancellation(ct))
        {
            Write(csv, line, zone);
            await csv.EndRecordAsync(ct);
        }
    }

    private static void Write(CsvWriter csv, HistoryLine line, UserTimeZone zone)
    {
        var entry = line.Entry;
        var local = zone.ToLocal(entry.PostedAt);
        csv.WriteField(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(local.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        csv.WriteField("UTC" + local.ToString("zzz", CultureInfo.InvariantCulture));
        csv.WriteField(Cell(line.Account.DisplayName));
        csv.WriteField(line.Account.Number.Grouped);
        csv.WriteField(EntryText.Kind(entry));
        csv.WriteField(Cell(entry.Counterparty));
        csv.WriteField(Cell(entry.Description));
        csv.WriteField(Number(entry.Amount));
        csv.WriteField(entry.Amount.Currency.Code);
        csv.WriteField(Number(entry.BalanceAfter));
        csv.WriteField(entry.TransferId);
    }

    private static string Number(Core.Common.Money money) =>
        money.Amount.ToString("F" + money.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static async Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
