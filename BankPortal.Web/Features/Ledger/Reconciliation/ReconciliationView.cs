using BankPortal.Core.Ledger.Reconciliation;

namespace BankPortal.Web.Features.Ledger.Reconciliation;

/// <summary>A page or card that shows the result of the reconciliation and reads it again every ten seconds.</summary>
public abstract class ReconciliationView : InteractivePage
{
    [Inject] public required ActorProvider Actors { get; init; }

    [Inject] public required ReconciliationService Reconciliation { get; init; }

    [Inject] public required TimeProvider Time { get; init; }

    /// <summary>What was read last; <see langword="null"/> for people who may not see it.</summary>
    protected ReconciliationReport? Report { get; private set; }

    protected DateTimeOffset Now => Time.GetUtcNow();

    protected override LivePlan Live { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>Reads what is shown.</summary>
    protected abstract Task<Result<ReconciliationReport>> ReadAsync(Actor actor, CancellationToken ct);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var report = await ReadAsync(await Actors.GetAsync(ct), ct);
        Report = report.IsSuccess ? report.Value : null;
    }

    protected static string Count(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
