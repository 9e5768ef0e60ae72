using BankPortal.Web.Features.Ledger.Holds;
using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Web.Features.Ledger;

/// <summary>Registers what the module Ledger needs in the portal.</summary>
internal static class LedgerExtensions
{
    /// <summary>Adds the services of the pages and the background work.</summary>
    public static WebApplicationBuilder AddBankLedgerWork(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<MoneyServices>();
        builder.Services.AddHostedService<HoldExpiryWorker>();
        return builder;
    }
}
