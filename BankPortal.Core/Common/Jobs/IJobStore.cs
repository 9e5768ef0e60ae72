namespace BankPortal.Core.Common.Jobs;

/// <summary>Stores the rows of the jobs.</summary>
public interface IJobStore
{
    /// <summary>Reads the row of a job, strongly consistent; <see langword="null"/> when it was never written.</summary>
    Task<JobState?> FindAsync(string name, CancellationToken ct = default);

    /// <summary>Reads the rows of at most a hundred jobs; those never written are missing.</summary>
    Task<ImmutableArray<JobState>> ReadAsync(IReadOnlyCollection<string> names, CancellationToken ct = default);

    /// <summary>Writes a row, if the stored version is the one before the row's.</summary>
    /// <returns>Whether it was written; if not, another node has written since.</returns>
    Task<bool> TryWriteAsync(JobState state, CancellationToken ct = default);
}
