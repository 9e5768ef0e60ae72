using BankPortal.Web.Features.Ledger.Holds;

namespace BankPortal.Web.Features.Ledger;

/// <summary>What the room Ledger runs in the portal besides its pages.</summary>
internal static class LedgerExtensions
{
    /// <summary>Adds the work that goes on in the background.</summary>
    public static WebApplicationBuilder AddBankLedgerWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<HoldExpiryWorker>();
        return builder;
    }
}
