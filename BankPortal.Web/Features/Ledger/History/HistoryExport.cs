using System.Runtime.CompilerServices;
using BankPortal.Web.Components.Export;
using BankPortal.Web.Components.Transactions;

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
            await CsvDownload.RefuseAsync(context, StatusCodes.Status400BadRequest, errors.First().Value);
            return;
        }

        var lines = await history.ExportAsync(actor, filter, ct);
        if (!lines.IsSuccess)
        {
            await CsvDownload.RefuseAsync(context, StatusCodes.Status404NotFound, lines.Error.Message);
            return;
        }

        var today = DateOnly.FromDateTime(zone.ToLocal(time.GetUtcNow()).DateTime);
        await CsvDownload.WriteAsync(context, "transactions", Columns, RowsAsync(lines.Value, zone, ct), today);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        IAsyncEnumerable<HistoryLine> lines, UserTimeZone zone, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in lines.WithCancellation(ct))
        {
            yield return RowOf(line, zone);
        }
    }

    private static string[] RowOf(HistoryLine line, UserTimeZone zone)
    {
        var entry = line.Entry;
        var local = zone.ToLocal(entry.PostedAt);
        return
        [
            local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            local.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            "UTC" + local.ToString("zzz", CultureInfo.InvariantCulture),
            CsvDownload.Text(line.Account.DisplayName),
            line.Account.Number.Grouped,
            EntryText.Kind(entry),
            CsvDownload.Text(entry.Counterparty),
            CsvDownload.Text(entry.Description),
            Number(entry.Amount),
            entry.Amount.Currency.Code,
            Number(entry.BalanceAfter),
            entry.TransferId,
        ];
    }

    private static string Number(Core.Common.Money money) =>
        money.Amount.ToString("F" + money.Currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
