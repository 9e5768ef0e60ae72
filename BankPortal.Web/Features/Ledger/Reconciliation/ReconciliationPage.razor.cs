using BankPortal.Core.Common.Jobs;
using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>Shows the progress of the reconciliation, the differences it found and those that are gone.</summary>
public sealed partial class ReconciliationPage
{
    // A job of another module, known by its name.
    private const string DaysJob = "day-verification";

    private JobState? _days;

    [Inject] public required IJobStore Jobs { get; init; }

    protected override Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct) =>
        Reconciliation.ReportAsync(actor, ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var days = Jobs.FindAsync(DaysJob, ct);
        await base.LoadAsync(ct);
        _days = await days;
    }
}
