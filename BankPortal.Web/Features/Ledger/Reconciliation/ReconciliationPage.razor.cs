using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>Shows the progress of the reconciliation, the differences it found and those that are gone.</summary>
public sealed partial class ReconciliationPage
{
    protected override Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct) =>
        Reconciliation.ReportAsync(actor, ct);
}
