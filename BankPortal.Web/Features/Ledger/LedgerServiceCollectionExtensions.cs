using BankPortal.Infrastructure.Ledger;
using BankPortal.Web.Features.Ledger.Holds;
using BankPortal.Web.Features.Ledger.Transfers;

namespace BankPortal.Web.Features.Ledger;

/// <summary>Registers the module Ledger.</summary>
internal static class LedgerServiceCollectionExtensions
{
    /// <summary>
    /// Adds the ledger, the services of its pages and its background work. The work begins when pages are served, not for
    /// commands.
    /// </summary>
    public static IServiceCollection AddLedgerFeature(this IServiceCollection services)
    {
        services.AddLedger();
        services.AddScoped<MoneyServices>();
        services.AddHostedService<HoldExpiryWorker>();
        return services;
    }
}
