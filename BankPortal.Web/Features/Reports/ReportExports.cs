using System.Security.Cryptography;
using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Runs;
using BankPortal.Web.Components.Export;

namespace BankPortal.Web.Features.Reports;

/// <summary>Downloads of reports: <c>/reports/export.{csv|xlsx|pdf}?definition</c>, and the rows behind a figure as CSV.</summary>
internal static class ReportExports
{
    private static readonly string[] RowColumns = ["Settled", "Reference", "Kind", "Outcome", "Account", "Customer", "Amount", "Currency"];

    /// <summary>Maps the downloads.</summary>
    public static void MapReportExports(this IEndpointRouteBuilder app)
    {
        app.MapMethods(BankRoutes.Reports + "/export.{format}", [HttpMethods.Get, HttpMethods.Head], WriteAsync)
            .RequireAuthorization(Policies.Reports);
        app.MapMethods(BankRoutes.ReportRuns + "/{id}/export.{format}", [HttpMethods.Get, HttpMethods.Head], WriteRunAsync)
            .RequireAuthorization(Policies.Reports);
        app.MapCsv(BankRoutes.ReportRows + ".csv", Policies.Reports, "report-rows", RowColumns, RowsAsync);
    }

    /// <summary>Sends a result as a file.</summary>
    public static async Task SendAsync(HttpContext context, ReportResult result, string title, string format)
    {
        var writer = context.RequestServices.GetServices<IReportFileWriter>().FirstOrDefault(one => one.Extension == format);
        if (writer is null)
        {
            await FileDownload.RefuseAsync(context, new NotFoundError("file format"));
            return;
        }

        var content = writer.Write(ReportTable.Of(result, title, About(result)));
        var name = new string([.. title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        await FileDownload.WriteAsync(
            context,
            $"{(name.Length > 60 ? name[..60] : name)}-{result.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.{writer.Extension}",
            writer.ContentType,
            content,
            SHA256.HashData(content));
    }

    private static IEnumerable<string> About(ReportResult result)
    {
        yield return ReportText.Sentence(result.Definition);
        foreach (var filter in ReportText.Filters(result.Definition))
        {
            yield return filter;
        }

        yield return string.Create(
            CultureInfo.InvariantCulture, $"{result.From:yyyy-MM-dd} to {result.To:yyyy-MM-dd}, made {result.MadeAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        yield return "Definition: " + ReportAddress.Write(result.Definition);
    }

    private static async Task WriteAsync(HttpContext context, string format)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var (definition, errors) = ReportAddress.Read(context.Request.QueryString.Value);
        var read = errors is [var problem, ..]
            ? problem
            : await services.GetRequiredService<ReportService>().ReadAsync(actor, definition, ct);
        if (!read.IsSuccess)
        {
            await FileDownload.RefuseAsync(context, read.Error);
            return;
        }

        await SendAsync(context, read.Value, "Report on " + ReportText.Lower(ReportVocabulary.Title(definition.Subject)), format);
    }

    private static async Task WriteRunAsync(HttpContext context, string id, string format)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var found = await services.GetRequiredService<ReportRunService>().FindAsync(actor, id, ct);
        if (found is { IsSuccess: true, Value: { Run.State: RunState.Done, Result: { } result } view })
        {
            await SendAsync(context, result, view.Run.Title, format);
            return;
        }

        await FileDownload.RefuseAsync(context, found.Error ?? new NotFoundError("result"));
    }

    private static async Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> RowsAsync(
        HttpContext context, Actor actor, UserTimeZone zone)
    {
        var (definition, errors) = ReportAddress.Read(context.Request.QueryString.Value);
        if (errors is [var problem, ..])
        {
            return problem;
        }

        var rows = await context.RequestServices.GetRequiredService<ReportDrillDown>()
            .ListAsync(actor, definition, CsvEndpoint.MostRows, context.RequestAborted);
        return rows.Map<IAsyncEnumerable<IReadOnlyList<string>>>(LinesAsync);

        async IAsyncEnumerable<IReadOnlyList<string>> LinesAsync(IAsyncEnumerable<ReportRowLine> all)
        {
            await foreach (var row in all)
            {
                yield return
                [
                    CsvDownload.Time(row.At, zone),
                    row.Reference,
                    row.Kind.ToString(),
                    row.Status.ToString(),
                    CsvDownload.Text(row.Account),
                    CsvDownload.Text(row.Name),
                    (row.IsIn ? row.Amount : -row.Amount).Amount.ToString(CultureInfo.InvariantCulture),
                    row.Amount.Currency.Code,
                ];
            }
        }
    }
}
