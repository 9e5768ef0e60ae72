namespace BankPortal.Tests.Fakes;

/// <summary>Rule sets in memory, with the conditions of the real store.</summary>
public sealed class InMemoryRuleSets : IRuleSetStore
{
    private readonly Lock _lock = new();
    private ImmutableSortedDictionary<int, RuleSetVersion> _versions = ImmutableSortedDictionary<int, RuleSetVersion>.Empty;
    private RuleSetPointers? _pointers;

    /// <summary>Thrown by every call while set.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Called once before the next write, as if another node were faster.</summary>
    public Action? BeforeWrite { get; set; }

    public int PointerReads { get; private set; }

    public Task<RuleSetPointers?> ReadPointersAsync(CancellationToken ct = default) =>
        Do(() =>
        {
            PointerReads++;
            return _pointers;
        });

    public Task<RuleSetVersion?> FindAsync(int number, CancellationToken ct = default) => Do(() => _versions.GetValueOrDefault(number));

    public Task<IReadOnlyList<RuleSetVersion>> ListAsync(int? before, int limit, CancellationToken ct = default) =>
        Do<IReadOnlyList<RuleSetVersion>>(() =>
            [.. _versions.Values.Reverse().Where(version => before is null || version.Number < before).Take(limit)]
        );

    public Task<bool> StartAsync(RuleSetVersion first, CancellationToken ct = default) =>
        Write(() =>
        {
            if (_pointers is not null || _versions.ContainsKey(first.Number))
            {
                return false;
            }

            _versions = _versions.Add(first.Number, first);
            _pointers = new RuleSetPointers(first.Number, null, 1);
            return true;
        });

    public Task<bool> AddAsync(RuleSetVersion version, CancellationToken ct = default) =>
        Write(() =>
        {
            if (_versions.ContainsKey(version.Number))
            {
                return false;
            }

            _versions = _versions.Add(version.Number, version);
            return true;
        });

    public Task<bool> ReplaceAsync(IReadOnlyList<RuleSetVersion> changed, RuleSetPointers? pointers, CancellationToken ct = default) =>
        Write(() =>
        {
            if (
                changed.Any(version => _versions.GetValueOrDefault(version.Number)?.Revision != version.Revision - 1)
                || (pointers is not null && _pointers?.Revision != pointers.Revision - 1)
            )
            {
                return false;
            }

            _versions = _versions.SetItems(changed.Select(version => KeyValuePair.Create(version.Number, version)));
            _pointers = pointers ?? _pointers;
            return true;
        });

    private Task<bool> Write(Func<bool> write)
    {
        var before = BeforeWrite;
        BeforeWrite = null;
        before?.Invoke();
        return Do(write);
    }

    private Task<T> Do<T>(Func<T> act)
    {
        lock (_lock)
        {
            return Fault is null ? Task.FromResult(act()) : Task.FromException<T>(Fault);
        }
    }
}
