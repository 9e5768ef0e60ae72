using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>Shows the state of the reconciliation on the staff overview.</summary>
public sealed partial class ReconciliationCard
{
    protected override Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct) =>
        Reconciliation.SummaryAsync(actor, ct);
}
