using Microsoft.Extensions.Logging;

namespace BankPortal.Core.Common.Jobs;

/// <summary>
/// Runs jobs under a lease: of all nodes that look at a due job, one takes it, makes its steps one after another and stores what each
/// returned. A node that stops answering is replaced when its lease ends, and the next holder continues from the stored cursor. A
/// holder that has lost its lease makes no further step. Thread-safe; for one job at a time per holder.
/// </summary>
/// <param name="store">The rows of the jobs.</param>
/// <param name="jobs">All jobs of the portal.</param>
/// <param name="options">Lease and pauses.</param>
/// <param name="zone">The bank's time zone, which daily schedules follow.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where runs and failures are logged.</param>
/// <param name="holds">Reasons for which jobs that need the complete history wait; <see langword="null"/> for none.</param>
public sealed partial class JobService(
    IJobStore store,
    IEnumerable<IBankJob> jobs,
    JobOptions options,
    TimeZoneInfo zone,
    TimeProvider time,
    ILogger<JobService> logger,
    IEnumerable<IJobHold>? holds = null)
{
    /// <summary>The longest error that is stored, in characters.</summary>
    public const int MaxErrorLength = 300;

    private readonly ImmutableArray<IJobHold> _holds = [.. holds ?? []];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>All jobs of the portal, by name.</summary>
    public ImmutableArray<IBankJob> Jobs { get; } = Sorted(jobs);

    /// <summary>
    /// Reads the state of every job, by name: last run, next run, progress and last error. For pages of administrators; the caller
    /// authorises.
    /// </summary>
    public async Task<ImmutableArray<JobState>> ListAsync(CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        var rows = (await store.ReadAsync([.. Jobs.Select(job => job.Name)], ct)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        return [.. Jobs.Select(job =>
        {
            var row = rows.GetValueOrDefault(job.Name) ?? new JobState { Name = job.Name };
            return row with { NextDue = NextDue(job, row, now) };
        })];
    }

    /// <summary>
    /// Runs a job to its end if it is due and no other node runs it. A step that fails is logged, stored and tried again later.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="holder">This node; different for every process.</param>
    /// <param name="ct">Stops the run before its next step and returns the lease.</param>
    /// <returns>What happened, and when to look again.</returns>
    public async Task<JobRun> RunDueAsync(IBankJob job, string holder, CancellationToken ct = default)
    {
        var now = time.GetUtcNow();
        if (await IsHeldBackAsync(job, ct))
        {
            return new JobRun(JobOutcome.NotDue, now + options.LookEvery);
        }

        var seen = await store.FindAsync(job.Name, ct) ?? new JobState { Name = job.Name };
        if (seen.IsHeldAt(now) && seen.Holder != holder)
        {
            return new JobRun(JobOutcome.HeldElsewhere, seen.HeldUntil!.Value);
        }

        var due = seen.RunDue ?? NextDue(job, seen, now);
        var from = seen.RetryAt is { } retry && retry > due ? retry : due;
        if (from > now)
        {
            return new JobRun(JobOutcome.NotDue, from);
        }

        var taken = seen with
        {
            Version = seen.Version + 1,
            Holder = holder,
            HeldUntil = now + options.LeaseFor,
            Fence = seen.Fence + 1,
            RunDue = due,
            StartedAt = seen.RunDue is null ? now : seen.StartedAt,
            Progress = seen.RunDue is null ? 0 : seen.Progress,
            Total = seen.RunDue is null ? null : seen.Total,
        };
        return await store.TryWriteAsync(taken, ct)
            ? await RunAsync(job, taken, ct)
            : new JobRun(JobOutcome.HeldElsewhere, now + options.LookEvery);
    }

    private async Task<bool> IsHeldBackAsync(IBankJob job, CancellationToken ct)
    {
        foreach (var hold in job.NeedsCompleteHistory ? _holds : [])
        {
            if (await hold.FindReasonAsync(ct) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<IBankJob> Sorted(IEnumerable<IBankJob> jobs)
    {
        ImmutableArray<IBankJob> sorted = [.. jobs.OrderBy(job => job.Name, StringComparer.Ordinal)];
        return sorted.GroupBy(job => job.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new ArgumentException($"Two jobs have the name {twice.Key}.", nameof(jobs))
            : sorted;
    }

    private DateTimeOffset NextDue(IBankJob job, JobState state, DateTimeOffset now) =>
        job.Schedule.NextDue(state.LastSuccessDue, state.LastSuccessAt, now, zone);

    private async Task<JobRun> RunAsync(IBankJob job, JobState state, CancellationToken ct)
    {
        while (true)
        {
            var made = await StepAsync(job, state, ct);
            if (!made.IsHeld)
            {
                return Lost(state);
            }

            if (made.Error is OperationCanceledException && ct.IsCancellationRequested)
            {
                await LetGoAsync(made.State);
                ct.ThrowIfCancellationRequested();
            }

            var next = After(job, made.State, made.Step, made.Error);
            if (!await store.TryWriteAsync(next, CancellationToken.None))
            {
                return Lost(state);
            }

            state = next;
            if (made.Error is { } error)
            {
                StepFailed(logger, error, job.Name, state.Failures, state.RetryAt!.Value);
                return new JobRun(JobOutcome.Failed, state.RetryAt.Value);
            }

            if (made.Step!.IsDone)
            {
                var took = state.LastSuccessAt!.Value - state.StartedAt!.Value;
                RunFinished(logger, job.Name, made.Step.Summary!, took);
                return new JobRun(JobOutcome.Finished, state.NextDue!.Value);
            }

            if (ct.IsCancellationRequested)
            {
                await LetGoAsync(state);
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    private JobRun Lost(JobState state)
    {
        LeaseLost(logger, state.Name);
        return new JobRun(JobOutcome.Lost, time.GetUtcNow() + options.LeaseFor);
    }

    // Makes a step and renews the lease meanwhile. Nothing else writes the row until both have ended.
    private async Task<(JobState State, JobStep? Step, Exception? Error, bool IsHeld)> StepAsync(
        IBankJob job, JobState state, CancellationToken ct)
    {
        using var stepCancel = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var stepEnded = new CancellationTokenSource();
        var renewing = RenewAsync(state, stepCancel, stepEnded.Token);
        JobStep? step = null;
        Exception? error = null;
        try
        {
            var now = time.GetUtcNow();
            var context = new JobContext(
                state.Holder!,
                state.Fence,
                state.Cursor,
                now,
                state.RunDue!.Value,
                state.LastSuccessDue,
                state.LastSuccessAt is { } success ? now - success : null);
            step = await job.StepAsync(context, stepCancel.Token);
        }
        catch (Exception exception)
        {
            error = exception;
        }

        await stepEnded.CancelAsync();
        var (renewed, isHeld) = await renewing;
        return (renewed, step, error, isHeld);
    }

    private async Task<(JobState State, bool IsHeld)> RenewAsync(
        JobState state, CancellationTokenSource stepCancel, CancellationToken ended)
    {
        while (true)
        {
            try
            {
                await Task.Delay(options.LeaseFor / 3, time, ended);
            }
            catch (OperationCanceledException)
            {
                return (state, true);
            }

            var next = state with { Version = state.Version + 1, HeldUntil = time.GetUtcNow() + options.LeaseFor };
            bool isWritten;
            try
            {
                isWritten = await store.TryWriteAsync(next, CancellationToken.None);
            }
            catch (Exception exception)
            {
                // The database may answer again before the lease ends.
                NotRenewed(logger, exception, state.Name);
                if (state.HeldUntil > time.GetUtcNow())
                {
                    continue;
                }

                isWritten = false;
            }

            if (!isWritten)
            {
                await stepCancel.CancelAsync();
                return (state, false);
            }

            state = next;
        }
    }

    private JobState After(IBankJob job, JobState state, JobStep? step, Exception? error)
    {
        var now = time.GetUtcNow();
        var next = state with { Version = state.Version + 1, LastStepAt = now };
        if (step is null)
        {
            var failures = state.Failures + 1;
            return next with
            {
                Holder = null,
                HeldUntil = null,
                Failures = failures,
                LastError = Shorten(error!),
                LastErrorAt = now,
                RetryAt = now + RetryAfter(failures),
            };
        }

        next = next with { Failures = 0, RetryAt = null };
        if (!step.IsDone)
        {
            return next with { Cursor = step.Cursor, Progress = step.Progress, Total = step.Total, HeldUntil = now + options.LeaseFor };
        }

        next = next with
        {
            Holder = null,
            HeldUntil = null,
            Cursor = null,
            RunDue = null,
            LastSuccessDue = state.RunDue,
            LastSuccessAt = now,
            LastSummary = step.Summary,
        };
        return next with { NextDue = NextDue(job, next, now) };
    }

    private TimeSpan RetryAfter(int failures)
    {
        var pause = options.FirstRetryAfter * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < options.LongestRetryAfter ? pause : options.LongestRetryAfter;
    }

    private static string Shorten(Exception error)
    {
        var text = error.GetType().Name + ": " + error.Message.ReplaceLineEndings(" ");
        return text.Length <= MaxErrorLength ? text : text[..(MaxErrorLength - 1)] + "…";
    }

    // Another node need not wait for the lease to end.
    private async Task LetGoAsync(JobState state)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await store.TryWriteAsync(state with { Version = state.Version + 1, Holder = null, HeldUntil = null }, patience.Token);
        }
        catch (Exception exception)
        {
            LeaseNotReturned(logger, exception, state.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} finished after {Duration}: {Summary}")]
    private static partial void RunFinished(ILogger logger, string job, string summary, TimeSpan duration);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step of job {Job} failed, {Failures} times in a row; tried again at {RetryAt:u}")]
    private static partial void StepFailed(ILogger logger, Exception exception, string job, int failures, DateTimeOffset retryAt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of job {Job} was lost; another node goes on")]
    private static partial void LeaseLost(ILogger logger, string job);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease of job {Job} could not be renewed; tried again until it ends")]
    private static partial void NotRenewed(ILogger logger, Exception exception, string job);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The lease of job {Job} could not be returned; it ends by itself")]
    private static partial void LeaseNotReturned(ILogger logger, Exception exception, string job);
}
