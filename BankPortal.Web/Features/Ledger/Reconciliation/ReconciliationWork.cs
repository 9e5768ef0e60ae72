namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>Going over the books in the background.</summary>
public static class ReconciliationWork
{
    /// <summary>Registers it; it begins when pages are served, not for commands.</summary>
    public static WebApplicationBuilder AddBankReconciliation(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddHostedService<ReconciliationWorker>();
        return builder;
    }
}
