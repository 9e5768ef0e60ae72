using BankPortal.Web.Features.Ledger.History;
using BankPortal.Web.Features.Ledger.Notes;

namespace BankPortal.Web.Features.Ledger;

/// <summary>The endpoints of the module Ledger.</summary>
internal static class LedgerWebApplicationExtensions
{
    /// <summary>Maps the downloads of the history and of receipts.</summary>
    public static WebApplication MapLedger(this WebApplication app)
    {
        HistoryExport.Map(app);
        ReceiptDownload.Map(app);
        return app;
    }
}
