using System.Runtime.CompilerServices;
using BankPortal.Web.Components.Export;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The queue of cases as a CSV file: all that the filters of the page let through, up to <see cref="CsvEndpoint.MostRows"/>.</summary>
internal static class CasesExport
{
    private const int Step = 100;

    private static readonly string[] Columns =
    [
        "Reference",
        "Kind",
        "State",
        "Customer",
        "Alerts",
        "Opened",
        "Due",
        "Closed",
        "Assigned to",
        "Disposition",
    ];

    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapCsv(BankRoutes.FraudCasesExport, Policies.Cases, "cases", Columns, ReadAsync);

    private static async Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> ReadAsync(
        HttpContext context, Actor actor, UserTimeZone zone)
    {
        var desk = context.RequestServices.GetRequiredService<CaseReader>();
        var filter = CaseFilter.Of(context.Request.Query) with { After = null };
        var first = await desk.ListAsync(actor, filter.ToQuery(Step), filter.Overdue, context.RequestAborted);
        return first.Map(page => RowsAsync(desk, actor, filter, page, zone, context.RequestAborted));
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        CaseReader desk, Actor actor, CaseFilter filter, CaseQueue page, UserTimeZone zone, [EnumeratorCancellation] CancellationToken ct)
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
            page = (await desk.ListAsync(actor, (filter with { After = page.Next }).ToQuery(Step), filter.Overdue, ct)).Value;
        }
    }

    private static string[] RowOf(CaseLine line, UserTimeZone zone) =>
    [
        line.Case.ShortReference,
        CaseText.Name(line.Case.Kind),
        CaseText.Name(line.Case.State),
        CsvDownload.Text(line.CustomerName ?? PersonText.UnknownCustomer),
        line.Case.Alerts.ToString(CultureInfo.InvariantCulture),
        CsvDownload.Time(line.Case.OpenedAt, zone),
        CsvDownload.Time(line.Case.DueAt, zone),
        CsvDownload.Time(line.Case.ClosedAt, zone),
        line.Case.AssigneeId is null ? "" : CsvDownload.Text(PersonText.Subject(line.Case.AssigneeId, line.AssigneeName)),
        line.Case.Disposition is { } disposition ? CaseText.Name(disposition) : "",
    ];
}
