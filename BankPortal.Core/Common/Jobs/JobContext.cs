namespace BankPortal.Core.Common.Jobs;

/// <summary>What a step of a job knows about its run.</summary>
/// <param name="Holder">The node that holds the lease.</param>
/// <param name="Fence">Grows with every new holder of the lease. A store that remembers the greatest fence it has seen can refuse the
/// writes of a holder that lost its lease without noticing.</param>
/// <param name="Cursor">What the last step stored, by whichever node; <see langword="null"/> at the beginning of a run.</param>
/// <param name="Now">The time at the beginning of the step.</param>
/// <param name="Due">The moment the run was due. The same for all steps of a run. After downtime the latest one that has passed: runs
/// that were missed are not made one by one.</param>
/// <param name="LastSuccessDue">The moment the last successful run was due; <see langword="null"/> when there was none.</param>
/// <param name="SinceLastSuccess">How long ago the last successful run ended; <see langword="null"/> when there was none.</param>
public sealed record JobContext(
    string Holder,
    long Fence,
    string? Cursor,
    DateTimeOffset Now,
    DateTimeOffset Due,
    DateTimeOffset? LastSuccessDue = null,
    TimeSpan? SinceLastSuccess = null);
