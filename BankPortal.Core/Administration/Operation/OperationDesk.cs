using BankPortal.Core.Common.Jobs;

namespace BankPortal.Core.Administration.Operation;

/// <summary>What administrators see of how the portal runs. Stateless, thread-safe.</summary>
public sealed class OperationDesk(JobService jobs, IEnumerable<IJobHold> holds, TimeProvider time)
{
    // A job may wait for another, and nodes look for due jobs now and then.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Reads the state of every job. One round trip.</summary>
    public async Task<Result<ImmutableArray<JobReport>>> JobsAsync(Actor actor, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.Is(BankRoles.Admin))
        {
            return new NotAllowedError();
        }

        string? reason = null;
        foreach (var hold in holds)
        {
            reason ??= await hold.FindReasonAsync(ct);
        }

        var now = time.GetUtcNow();
        var waiting = jobs.Jobs.Where(job => reason is not null && job.NeedsCompleteHistory)
            .Select(job => job.Name)
            .ToHashSet(StringComparer.Ordinal);
        return ImmutableArray.CreateRange((await jobs.ListAsync(ct)).Select(job => waiting.Contains(job.Name)
            ? new JobReport(job, JobCondition.Waiting, reason)
            : new JobReport(job, ConditionOf(job, now))));
    }

    private static JobCondition ConditionOf(JobState job, DateTimeOffset now) => job switch
    {
        { Failures: > 0 } => JobCondition.Failing,
        _ when job.IsHeldAt(now) => JobCondition.Running,
        { NextDue: { } due } when due + Patience < now => JobCondition.Late,
        { LastSuccessAt: null } => JobCondition.New,
        _ => JobCondition.InTime,
    };
}

/// <summary>A job and how it does.</summary>
/// <param name="State">Its row.</param>
/// <param name="Condition">How it does.</param>
/// <param name="WaitsFor">What it waits for, if it does.</param>
public sealed record JobReport(JobState State, JobCondition Condition, string? WaitsFor = null);

/// <summary>How a job does.</summary>
public enum JobCondition
{
    /// <summary>Its last run was in time, and the next is not due yet.</summary>
    InTime,

    /// <summary>It has not run yet.</summary>
    New,

    /// <summary>A node is working on it.</summary>
    Running,

    /// <summary>It is due for more than an hour, and no node works on it.</summary>
    Late,

    /// <summary>Its last step failed; it is tried again.</summary>
    Failing,

    /// <summary>It waits until the bank's history is complete.</summary>
    Waiting,
}
