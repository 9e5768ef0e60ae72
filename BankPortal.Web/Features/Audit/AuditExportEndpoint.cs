using BankPortal.Core.Audit;
using BankPortal.Web.Components.Export;

namespace BankPortal.Web.Features.Audit;

/// <summary>The download of the audit log as a file that can be verified without the portal:
/// <c>/audit/export?from=2026-11-01</c>.</summary>
internal static class AuditExportEndpoint
{
    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods(BankRoutes.AuditExport, [HttpMethods.Get, HttpMethods.Head], WriteAsync).RequireAuthorization(Policies.AuditLog);

    private static async Task WriteAsync(HttpContext context, string? from)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        DateOnly? first = null;
        if (!string.IsNullOrEmpty(from))
        {
            if (!DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync("The first day is written as 2026-03-31.", ct);
                return;
            }

            first = day;
        }

        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        var name = $"audit-log-{today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.jsonl";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Nothing leaves the bank, so nothing is recorded.
            await FileDownload.StreamAsync(context, name, ContentType, AsyncEnumerable.Empty<ReadOnlyMemory<byte>>());
            return;
        }

        var found = await services.GetRequiredService<AuditLogService>().ExportAsync(actor, first, ct);
        if (found.IsSuccess)
        {
            await FileDownload.StreamAsync(context, name, ContentType, found.Value);
        }
        else
        {
            await FileDownload.RefuseAsync(context, found.Error);
        }
    }

    private const string ContentType = "application/x-ndjson";
}
