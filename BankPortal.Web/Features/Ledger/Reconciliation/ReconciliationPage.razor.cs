using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>What going over the books has found: how far it is, what differs, what did.</summary>
public sealed partial class ReconciliationPage
{
    protected override Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct) => Reconciliation.ReportAsync(actor, ct);
}
