using BankPortal.Web.Features.Ledger.History;

namespace BankPortal.Web.Features.Ledger;

/// <summary>The endpoints of the module Ledger.</summary>
internal static class LedgerWebApplicationExtensions
{
    /// <summary>Maps the download of the history.</summary>
    public static WebApplication MapLedger(this WebApplication app)
    {
        HistoryExport.Map(app);
        return app;
    }
}
