using BankPortal.Core.Ledger.Notes;
using BankPortal.Web.Components.Export;

namespace BankPortal.Web.Features.Ledger.Notes;

/// <summary>The download of a receipt by the customer who keeps it: <c>/transactions/{id}/receipts/{receipt}</c>.</summary>
internal static class ReceiptDownload
{
    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods("/transactions/{id}/receipts/{receipt}", [HttpMethods.Get, HttpMethods.Head], WriteAsync)
            .RequireAuthorization(Policies.Customer);

    /// <summary>The address of a receipt.</summary>
    public static string Address(string transferId, string receiptId) =>
        $"/transactions/{Uri.EscapeDataString(transferId)}/receipts/{Uri.EscapeDataString(receiptId)}";

    private static async Task WriteAsync(HttpContext context, string id, string receipt)
    {
        var ct = context.RequestAborted;
        var services = context.RequestServices;
        if (await services.GetRequiredService<ActorProvider>().FindAsync(ct) is not { } actor)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // The type is the one the content was checked for. The page's own policy lets no file run scripts, and nothing is shown in it.
        var found = await services.GetRequiredService<TransactionNoteService>().FindReceiptAsync(actor, id, receipt, ct);
        if (found.IsSuccess)
        {
            var file = found.Value;
            await FileDownload.WriteAsync(context, file.Receipt.Name, file.Receipt.Type.MediaType(), file.Content, file.Hash);
        }
        else
        {
            await FileDownload.RefuseAsync(context, found.Error);
        }
    }
}
