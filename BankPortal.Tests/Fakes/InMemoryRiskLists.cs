namespace BankPortal.Tests.Fakes;

/// <summary>The risk lists in memory.</summary>
public sealed class InMemoryRiskLists : IRiskListStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subject, string List), ListEntry> _entries = [];

    public Task<IReadOnlyList<ListEntry>> FindAsync(string subjectId, CancellationToken ct = default) => FindManyAsync([subjectId], ct);

    public Task<IReadOnlyList<ListEntry>> FindManyAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ListEntry>>([.. _entries.Values.Where(entry => subjectIds.Contains(entry.SubjectId))]);
        }
    }

    public Task<IReadOnlyList<ListEntry>> ListAsync(int limit, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<ListEntry>>([.. _entries.Values.OrderByDescending(entry => entry.ChangedAt).Take(limit)]);
        }
    }

    public Task<bool> TryPutAsync(ListEntry entry, DateTimeOffset? seen, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var key = (entry.SubjectId, entry.List);
            if (_entries.GetValueOrDefault(key)?.Until != seen)
            {
                return Task.FromResult(false);
            }

            _entries[key] = entry;
            return Task.FromResult(true);
        }
    }

    public Task<bool> TryRemoveAsync(ListEntry entry, DateTimeOffset now, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var key = (entry.SubjectId, entry.List);
            return Task.FromResult(_entries.GetValueOrDefault(key)?.Until == entry.Until && _entries.Remove(key));
        }
    }
}
