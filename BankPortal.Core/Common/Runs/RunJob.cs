using BankPortal.Core.Common.Jobs;
using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Common.Runs;

/// <summary>
/// Makes the steps of all runs, a step of each in turn, for as long as the node holds the lease. A step that fails is tried again a few
/// times, then the run is given up. A run that was cancelled meanwhile loses the step that was being made.
/// </summary>
public sealed partial class RunJob(
    IRunStore store, IEnumerable<IRunWorker> workers, RunSignal signal, TimeProvider time, ILogger<RunJob> logger) : IBankJob
{
    /// <summary>How often a step is tried.</summary>
    public const int MostTries = 3;

    /// <summary>How often a node looks for runs that another node was asked for.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private const int AtOnce = 10;
    private const int RoundsPerStep = 30;
    private readonly ImmutableDictionary<string, IRunWorker> _workers =
        workers.ToImmutableDictionary(worker => worker.Kind, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "background-runs";

    /// <inheritdoc/>
    public JobSchedule Schedule { get; } = JobSchedule.Every(LookEvery);

    /// <inheritdoc/>
    public async Task<JobStep> StepAsync(JobContext context, CancellationToken ct)
    {
        // The job's row is written between its steps, so a step lasts for some rounds.
        for (var round = 0; round < RoundsPerStep; round++)
        {
            ct.ThrowIfCancellationRequested();
            if (await WorkAsync(ct) == 0)
            {
                await signal.WaitAsync(LookEvery, time, ct);
            }
        }

        return JobStep.More("on");
    }

    /// <summary>Makes one step of each run that has not ended.</summary>
    /// <returns>How many steps were made.</returns>
    public async Task<int> WorkAsync(CancellationToken ct = default)
    {
        var made = 0;
        foreach (var id in await store.ListOpenAsync(AtOnce, ct))
        {
            if (await store.FindAsync(id, ct) is { IsOpen: true } run)
            {
                await StepAsync(run, ct);
                made++;
            }
        }

        return made;
    }

    private async Task StepAsync(BackgroundRun run, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var next = run with { Version = run.Version + 1, State = RunState.Running, LastStepAt = now };
        try
        {
            var worker = _workers.GetValueOrDefault(run.Kind)
                ?? throw new InvalidOperationException($"Nobody does runs of the kind {run.Kind}.");
            var step = await worker.StepAsync(run, ct);
            next = step is { IsSuccess: true, Value: var made }
                ? next with
                {
                    Cursor = made.Cursor,
                    Content = made.Content,
                    Progress = made.Progress,
                    Total = made.Total,
                    Failures = 0,
                    State = made.Cursor is null ? RunState.Done : RunState.Running,
                    EndedAt = made.Cursor is null ? time.GetUtcNow() : null,
                }
                : next with { State = RunState.Failed, EndedAt = time.GetUtcNow(), Failure = step.Error!.Message };
            if (next.Content.Length > IRunStore.MostContent)
            {
                next = run with
                {
                    Version = run.Version + 1,
                    State = RunState.Failed,
                    EndedAt = time.GetUtcNow(),
                    Failure = "The result has too many groups. Choose fewer break-downs, or add a filter.",
                };
            }

            if (next.State == RunState.Done)
            {
                // Before the run is noted as done: a node that dies in between says so again, which says it once.
                await worker.FinishedAsync(next, ct);
            }
        }
        catch (Exception exception) when (!ct.IsCancellationRequested)
        {
            StepFailed(logger, exception, run.Id, run.Failures + 1);
            next = next with { Failures = run.Failures + 1 };
            if (next.Failures >= MostTries)
            {
                next = next with
                {
                    State = RunState.Failed,
                    EndedAt = time.GetUtcNow(),
                    Failure = "The figures could not be read. Nothing was changed. Please try again.",
                };
            }
        }

        // Not written when somebody cancelled it meanwhile, or another node made the step.
        await store.TryWriteAsync(next, CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step of run {Run} failed, try {Try}")]
    private static partial void StepFailed(ILogger logger, Exception exception, string run, int @try);
}
