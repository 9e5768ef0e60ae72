namespace BankPortal.Core.Common.Runs;

/// <summary>Stores runs. Those that ended are kept for <see cref="KeptFor"/>. Implementations are thread-safe.</summary>
public interface IRunStore
{
    /// <summary>How long a run is kept after it was asked for.</summary>
    static TimeSpan KeptFor { get; } = TimeSpan.FromDays(400);

    /// <summary>The most bytes of content.</summary>
    const int MostContent = 3_000_000;

    /// <summary>Reads a run with its content; <see langword="null"/> when there is none.</summary>
    Task<BackgroundRun?> FindAsync(string id, CancellationToken ct = default);

    /// <summary>Reads the runs of a person, newest first, without their content. One round trip.</summary>
    Task<IReadOnlyList<BackgroundRun>> ListAsync(string ownerId, int limit, CancellationToken ct = default);

    /// <summary>Reads the ids of runs that have not ended, those first whose last step is longest ago. One round trip.</summary>
    Task<IReadOnlyList<string>> ListOpenAsync(int limit, CancellationToken ct = default);

    /// <summary>Adds a run, unless there is one with its id.</summary>
    /// <returns>Whether it was added.</returns>
    Task<bool> TryAddAsync(BackgroundRun run, CancellationToken ct = default);

    /// <summary>Writes a run if the stored version is the one before its own.</summary>
    /// <returns>Whether it was written; if not, somebody has written since: another node, or the person who cancelled.</returns>
    Task<bool> TryWriteAsync(BackgroundRun run, CancellationToken ct = default);
}
