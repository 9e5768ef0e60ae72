using BankPortal.Core.Statements;
using BankPortal.Web.Components.Export;

namespace BankPortal.Web.Features.Statements;

/// <summary>The download of a statement as a file: <c>/statements/{account}/{period}/{format}</c>.</summary>
internal static class StatementDownloads
{
    private const string Path = BankRoutes.Statements + "/{account}/{period}/{format}";

    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], WriteAsync).RequireAuthorization(Policies.Customer);

    private static async Task WriteAsync(HttpContext context, string account, string period, string format)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var file = StatementPeriod.TryParse(period, out var days) && QueryText.ParseName<StatementFormat>(format) is { } known
            ? await services.GetRequiredService<StatementService>().OpenAsync(actor, account, days, known, ct)
            : new NotFoundError("statement");
        if (!file.IsSuccess)
        {
            await FileDownload.RefuseAsync(context, file.Error);
        }
        else if (file.Value.File is { } whole)
        {
            await FileDownload.WriteAsync(context, whole.Name, whole.ContentType, whole.Content, whole.Hash);
        }
        else
        {
            await FileDownload.StreamAsync(context, file.Value.Name, file.Value.ContentType, file.Value.Pieces);
        }
    }
}
