using BankPortal.Core.Common.Jobs;

namespace BankPortal.Tests.Fakes;

/// <summary>The rows of jobs in memory, with the same lock as the database.</summary>
internal sealed class InMemoryJobs : IJobStore
{
    private readonly ConcurrentDictionary<string, JobState> _rows = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The row of a job.</summary>
    public JobState this[string name]
    {
        get => _rows[name];
        set => _rows[name] = value;
    }

    /// <summary>Runs before each write, with what is to be written.</summary>
    public Action<JobState>? BeforeWrite { get; set; }

    public Task<JobState?> FindAsync(string name, CancellationToken ct = default) => Task.FromResult(_rows.GetValueOrDefault(name));

    public Task<ImmutableArray<JobState>> ReadAsync(IReadOnlyCollection<string> names, CancellationToken ct = default) =>
        Task.FromResult<ImmutableArray<JobState>>([.. names.Where(_rows.ContainsKey).Select(name => _rows[name])]);

    public Task<bool> TryWriteAsync(JobState state, CancellationToken ct = default)
    {
        BeforeWrite?.Invoke(state);
        lock (_lock)
        {
            if ((_rows.GetValueOrDefault(state.Name)?.Version ?? 0) != state.Version - 1)
            {
                return Task.FromResult(false);
            }

            _rows[state.Name] = state;
            return Task.FromResult(true);
        }
    }
}
