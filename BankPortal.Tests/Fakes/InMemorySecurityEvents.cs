namespace BankPortal.Tests.Fakes;

/// <summary>Security events in memory: reported, and stored. A test can make the store fail.</summary>
public sealed class InMemorySecurityEvents : ISecurityEvents, ISecurityEventStore
{
    private readonly ConcurrentQueue<SecurityEvent> _reported = new();
    private readonly ConcurrentDictionary<string, SecurityRecord> _records = new(StringComparer.Ordinal);

    /// <summary>Every append fails while this is set.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often somebody tried to append.</summary>
    public int Appends { get; private set; }

    public IReadOnlyList<SecurityEvent> Reported => [.. _reported];

    public IReadOnlyList<SecurityRecord> Records => [.. _records.Values.OrderBy(record => record.At)];

    public void Report(SecurityEvent happened) => _reported.Enqueue(happened);

    public Task AppendAsync(IReadOnlyCollection<SecurityRecord> records, CancellationToken ct = default)
    {
        Appends++;
        if (IsDown)
        {
            throw new InvalidOperationException("The store of security events is down.");
        }

        foreach (var record in records)
        {
            _records[record.Id] = record;
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<SecurityRecord>> ListDayAsync(
        DateOnly day, int limit, SecurityRecord? after = null, CancellationToken ct = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<SecurityRecord>> ListOfUserAsync(string userId, int limit, CancellationToken ct = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<SecurityEventCount>> CountDayAsync(DateOnly day, CancellationToken ct = default) =>
        throw new NotSupportedException();
}
