using BankPortal.Core.Fraud.Lists;
using BankPortal.Web.Components.Export;
using BankPortal.Web.Components.Transactions;
using BankPortal.Web.Features.Fraud.Desk;

namespace BankPortal.Web.Features.Fraud.Lists;

/// <summary>The risk lists as a CSV file, ended entries included.</summary>
internal static class ListsExport
{
    private static readonly string[] Columns = ["List", "Kind", "Name", "Account number", "Reason", "Until", "Changed by", "Changed"];

    /// <summary>Maps the download.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapCsv(BankRoutes.FraudListsExport, Policies.TransactionDesk, "lists", Columns, ReadAsync);

    private static async Task<Result<IAsyncEnumerable<IReadOnlyList<string>>>> ReadAsync(
        HttpContext context, Actor actor, UserTimeZone zone)
    {
        var lists = context.RequestServices.GetRequiredService<RiskListService>();
        return (await lists.ListAsync(actor, context.RequestAborted)).Map(lines =>
            lines.Select(line => (IReadOnlyList<string>)RowOf(line, zone)).ToAsyncEnumerable());
    }

    private static string[] RowOf(ListLine line, UserTimeZone zone) =>
    [
        DeskText.List(line.Entry.List),
        DeskText.Kind(line.Entry.Kind),
        CsvDownload.Text(line.CustomerName ?? PersonText.UnknownCustomer),
        line.Number?.Grouped ?? "",
        CsvDownload.Text(line.Entry.Reason),
        CsvDownload.Time(line.Entry.Until, zone),
        CsvDownload.Text(PersonText.Subject(line.Entry.ById, line.ByName)),
        CsvDownload.Time(line.Entry.ChangedAt, zone),
    ];
}
