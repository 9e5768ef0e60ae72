using System.Runtime.CompilerServices;
using BankPortal.Web.Components.Export;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The alerts that are in no case as a CSV file, the latest first.</summary>
internal static class AlertsExport
{
    private const int Step = 100;

    private static readonly string[] Columns =
    [
        "Time",
        "Transaction",
        "Type",
        "Amount",
        "Currency",
        "Customer",
        "Score",
        "Status",
        "Rules",
    ];

    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapCsv(BankRoutes.FraudAlertsExport, Policies.TransactionDesk, "alerts", Columns, ReadAsync);

    private static async Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> ReadAsync(
        HttpContext context, Actor actor, UserTimeZone zone)
    {
        var desk = context.RequestServices.GetRequiredService<CaseReader>();
        var first = await desk.ListAlertsAsync(actor, Step, null, context.RequestAborted);
        return first.Map(page => RowsAsync(desk, actor, page, zone, context.RequestAborted));
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        CaseReader desk, Actor actor, AlertList page, UserTimeZone zone, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var written = 0; ;)
        {
            foreach (var line in page.Lines)
            {
                yield return RowOf(line, zone);
                if (++written == CsvEndpoint.MostRows)
                {
                    yield break;
                }
            }

            if (page.Next is null)
            {
                yield break;
            }

            // A refusal by now throws: the download fails, where a file that ends early would look whole.
            page = (await desk.ListAlertsAsync(actor, Step, page.Next, ct)).Value;
        }
    }

    private static string[] RowOf(AlertLine line, UserTimeZone zone) =>
    [
        CsvDownload.Time(line.Alert.At, zone),
        line.Alert.TransferId,
        EntryText.Name(line.Alert.Kind),
        line.Alert.Amount.Amount.ToString(CultureInfo.InvariantCulture),
        line.Alert.Amount.Currency.Code,
        CsvDownload.Text(line.CustomerName ?? PersonText.UnknownCustomer),
        line.Alert.Score.ToString(CultureInfo.InvariantCulture),
        line.Alert.Status.ToString(),
        string.Join(" ", line.Alert.Fired),
    ];
}
