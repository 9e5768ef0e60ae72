using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>How the books stand, by what going over them in the background has found.</summary>
public sealed partial class ReconciliationCard
{
    protected override Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct) => Reconciliation.SummaryAsync(actor, ct);
}
