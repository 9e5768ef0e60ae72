namespace BankPortal.Core.Common.Jobs;

/// <summary>What one look at a job came to.</summary>
/// <param name="Outcome">What happened.</param>
/// <param name="LookAgainAt">When looking again makes sense.</param>
public sealed record JobRun(JobOutcome Outcome, DateTimeOffset LookAgainAt);

/// <summary>What happened when a node looked at a job.</summary>
public enum JobOutcome
{
    /// <summary>The job is not due.</summary>
    NotDue,

    /// <summary>Another node holds the lease.</summary>
    HeldElsewhere,

    /// <summary>This node ran the job to its end.</summary>
    Finished,

    /// <summary>A step failed; it is tried again later, by whichever node.</summary>
    Failed,

    /// <summary>This node lost the lease and stopped.</summary>
    Lost,
}
