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
    internal static void Map(IEndpointRouteBuilder app) => app.MapCsv(Path, Policies.Customer, "transactions", Columns, ReadAsync);

    private static async Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> ReadAsync(
        HttpContext context, Actor actor, UserTimeZone zone)
    {
        var rules = context.RequestServices.GetRequiredService<LedgerRules>();
        var filter = HistoryQuery.Of(context.Request.Query).Read(zone, rules, out var errors);
        if (errors.Count > 0)
        {
            return new InvalidInputError("filter", errors.First().Value);
        }

        var ct = context.RequestAborted;
        var lines = await context.RequestServices.GetRequiredService<HistoryService>().ExportAsync(actor, filter, ct);
        return lines.Map(found => RowsAsync(found, zone, ct));
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
