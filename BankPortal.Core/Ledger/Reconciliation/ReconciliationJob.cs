using BankPortal.Core.Common.Jobs;

namespace BankPortal.Core.Ledger.Reconciliation;

/// <summary>
/// Reconciles the ledger in the background: a run is a cycle over all accounts, made step by step with a pause between two steps. The
/// progress is the service's own, so a run that breaks off goes on where it was.
/// </summary>
public sealed class ReconciliationJob(ReconciliationService service, ReconciliationOptions options, TimeProvider time) : IBankJob
{
    private const string GoOn = "go-on";

    /// <inheritdoc/>
    public string Name => "reconciliation";

    /// <inheritdoc/>
    public JobSchedule Schedule =>
        JobSchedule.Every(options.PauseAfterCycle > TimeSpan.Zero ? options.PauseAfterCycle : options.StepEvery);

    /// <inheritdoc/>
    public bool TakesPart => options.Enabled;

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Cursor is not null)
        {
            await Task.Delay(options.StepEvery, time, ct);
        }

        return await service.StepAsync(context.Fence, ct) switch
        {
            null => JobStep.Done("Another node goes on."),
            { CycleStartedAt: null } state => JobStep.Done(string.Create(
                CultureInfo.InvariantCulture, $"{state.LastCycleAccounts} accounts, {state.LastCycleEntries} entries.")),
            { } state => JobStep.More(GoOn, state.Accounts, state.LastCycleAccounts > 0 ? state.LastCycleAccounts : null),
        };
    }
}
