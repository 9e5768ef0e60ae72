using System.Runtime.CompilerServices;
using BankPortal.Web.Components.Export;
using BankPortal.Web.Components.Transactions;

namespace BankPortal.Web.Features.Fraud.Cases;

/// <summary>The queue of cases as a CSV file: all that the filters of the page let through, up to <see cref="MostRows"/>.</summary>
internal static class CasesExport
{
    /// <summary>The most rows in one file, so that a download cannot read without end.</summary>
    public const int MostRows = 10_000;

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
        app.MapGet(BankRoutes.FraudCasesExport, WriteAsync).RequireAuthorization(Policies.Cases);

    private static async Task WriteAsync(
        HttpContext context, ActorProvider actors, CaseReader desk, UserTimeZone zone, TimeProvider time)
    {
        var ct = context.RequestAborted;
        if (await actors.FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        zone.Set(context.Request.Cookies[UserTimeZone.Cookie] is { } cookie ? Uri.UnescapeDataString(cookie) : null);
        var filter = CaseFilter.Of(context.Request.Query) with { After = null };
        var first = await desk.ListAsync(actor, filter.ToQuery(Step), filter.Overdue, ct);
        if (!first.IsSuccess)
        {
            await CsvDownload.RefuseAsync(context, StatusCodes.Status403Forbidden, first.Error.Message);
            return;
        }

        var today = DateOnly.FromDateTime(zone.ToLocal(time.GetUtcNow()).DateTime);
        await CsvDownload.WriteAsync(context, "cases", Columns, RowsAsync(desk, actor, filter, first.Value, zone, ct), today);
    }

    private static async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        CaseReader desk, Actor actor, CaseFilter filter, CaseQueue page, UserTimeZone zone, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var written = 0; ;)
        {
            foreach (var line in page.Lines)
            {
                yield return RowOf(line, zone);
                if (++written == MostRows)
                {
                    yield break;
                }
            }

            if (page.Next is null)
            {
                yield break;
            }

            var next = await desk.ListAsync(actor, (filter with { After = page.Next }).ToQuery(Step), filter.Overdue, ct);
            if (!next.IsSuccess)
            {
                yield break;
            }

            page = next.Value;
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
