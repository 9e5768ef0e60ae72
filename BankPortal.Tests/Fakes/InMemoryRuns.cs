using BankPortal.Core.Common.Runs;

namespace BankPortal.Tests.Fakes;

/// <summary>Runs in memory.</summary>
public sealed class InMemoryRuns : IRunStore
{
    private readonly ConcurrentDictionary<string, BackgroundRun> _runs = new(StringComparer.Ordinal);

    public Task<BackgroundRun?> FindAsync(string id, CancellationToken ct = default) => Task.FromResult(_runs.GetValueOrDefault(id));

    public Task<IReadOnlyList<BackgroundRun>> ListAsync(string ownerId, int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<BackgroundRun>>(
        [
            .. _runs.Values.Where(run => run.OwnerId == ownerId).OrderByDescending(run => run.CreatedAt).Take(limit)
                .Select(run => run with { Content = default }),
        ]);

    public Task<IReadOnlyList<string>> ListOpenAsync(int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. _runs.Values.Where(run => run.IsOpen).OrderBy(run => run.LastStepAt ?? run.CreatedAt).Take(limit).Select(run => run.Id)]);

    public Task<bool> TryAddAsync(BackgroundRun run, CancellationToken ct = default) => Task.FromResult(_runs.TryAdd(run.Id, run));

    public Task<bool> TryWriteAsync(BackgroundRun run, CancellationToken ct = default) => Task.FromResult(
        _runs.TryGetValue(run.Id, out var known) && known.Version == run.Version - 1 && _runs.TryUpdate(run.Id, run, known));
}
