namespace BankPortal.Core.Common.Jobs;

/// <summary>
/// A background job that every node may run and one node at a time does. Its work is divided into steps; what a step returns is
/// stored, so that another node continues there. Implementations keep no state between steps.
/// </summary>
public interface IBankJob
{
    /// <summary>The stable name in kebab case, such as <c>day-close</c>; the key of the job's row.</summary>
    string Name { get; }

    /// <summary>When the job is due.</summary>
    JobSchedule Schedule { get; }

    /// <summary>Whether this node takes part; a node that does not leaves the job to the others.</summary>
    bool TakesPart => true;

    /// <summary>
    /// Whether the job relies on the days of the past being complete, because it closes or sums them up. It does not begin a run while an
    /// <see cref="IJobHold"/> says that history is still being loaded.
    /// </summary>
    bool NeedsCompleteHistory => false;

    /// <summary>
    /// Makes one bounded step. It may be repeated after a crash, or run beside the step of a later holder: a step that is repeated must
    /// have the same effect.
    /// </summary>
    /// <param name="context">The run that the step belongs to, and where it begins.</param>
    /// <param name="ct">Cancelled when the node stops or has lost the lease.</param>
    /// <returns>Where the next step begins, or that the run is finished.</returns>
    Task<JobStep> StepAsync(JobContext context, CancellationToken ct);
}
