using BankPortal.Core.Common.Runs;
using BankPortal.Core.Reports.Definitions;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Core.Reports.Runs;

/// <summary>Starts, shows and cancels reports in the background. Thread-safe.</summary>
public sealed class ReportRunService(
    RunService runs, ReportRunWorker worker, ReportService reports, ISavedReportStore saved)
{
    /// <summary>Starts a report.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="definition">The definition.</param>
    /// <param name="key">Asking again with the same key gives the same run.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="ct">Cancels the start.</param>
    public async Task<Result<BackgroundRun>> StartAsync(
        Actor actor, ReportDefinition definition, string key, string title, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(definition);
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        return reports.Check(actor, definition) is [var problem, ..]
            ? problem
            : await runs.StartAsync(
                DerivedId.From("report-run", actor.UserId, key), ReportRunWorker.RunKind, actor.UserId, title, definition.ToString(), ct);
    }

    /// <summary>Lists the person's runs, newest first.</summary>
    public async Task<Result<ImmutableArray<BackgroundRun>>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return ReportRules.MayRead(actor)
            ? Result<ImmutableArray<BackgroundRun>>.From(
                [.. (await runs.ListAsync(actor.UserId, ct)).Where(run => run.Kind == ReportRunWorker.RunKind)])
            : new NotAllowedError();
    }

    /// <summary>Reads a run with what it has. The owner may, and those that its saved report is shared with.</summary>
    public async Task<Result<ReportRunView>> FindAsync(Actor actor, string id, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!ReportRules.MayRead(actor))
        {
            return new NotAllowedError();
        }

        if (await runs.FindAsync(id, ct) is not { Kind: ReportRunWorker.RunKind } run || !await MayOpenAsync(actor, run, ct))
        {
            return new NotFoundError("report");
        }

        var definition = ReportAddress.Read(run.Definition).Definition;
        return new ReportRunView(run, definition, worker.ResultOf(run), run.OwnerId == actor.UserId);
    }

    /// <summary>Cancels a run of one's own. What it has so far stays.</summary>
    public async Task<Result> CancelAsync(Actor actor, string id, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return ReportRules.MayRead(actor) ? await runs.CancelAsync(actor.UserId, id, ct) : new NotAllowedError();
    }

    private async Task<bool> MayOpenAsync(Actor actor, BackgroundRun run, CancellationToken ct)
    {
        if (!ReportRules.MayRead(actor, ReportAddress.Read(run.Definition).Definition.Subject))
        {
            return false;
        }

        return run.OwnerId == actor.UserId
            || (ReportRunWorker.SavedOf(run) is { } id
                && await saved.FindAsync(id, ct) is { DeletedAt: null } report
                && report.IsFor(actor));
    }
}

/// <summary>A report's run with what it has.</summary>
/// <param name="Run">The run.</param>
/// <param name="Definition">What is asked for.</param>
/// <param name="Result">The result, or the figures so far; <see langword="null"/> when there are none.</param>
/// <param name="IsOwn">Whether the reader asked for it.</param>
public sealed record ReportRunView(BackgroundRun Run, ReportDefinition Definition, ReportResult? Result, bool IsOwn);
