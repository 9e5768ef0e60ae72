namespace BankPortal.Tests.Fakes;

/// <summary>The audit log in memory. A test can make it fail.</summary>
public sealed class InMemoryAuditStore : IAuditStore
{
    private readonly Lock _lock = new();
    private readonly List<AuditRecord> _records = [];

    /// <summary>Every append fails while this is set.</summary>
    public bool IsDown { get; set; }

    /// <summary>Every outcome fails while this is set.</summary>
    public bool LosesOutcomes { get; set; }

    public IReadOnlyList<AuditRecord> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>The trail over this store.</summary>
    public AuditTrail NewTrail(TimeProvider? time = null) => new(this, time ?? TimeProvider.System, NullLogger<AuditTrail>.Instance);

    public Task AppendAsync(AuditRecord record, CancellationToken ct = default)
    {
        ThrowIf(IsDown);
        lock (_lock)
        {
            _records.Add(record);
        }

        return Task.CompletedTask;
    }

    public Task CompleteAsync(AuditRecord begun, AuditOutcome outcome, string? detail, DateTimeOffset at, CancellationToken ct = default)
    {
        ThrowIf(IsDown || LosesOutcomes);
        lock (_lock)
        {
            var index = _records.FindIndex(record => record.Id == begun.Id);
            var details = new[] { begun.Detail, detail }.OfType<string>().ToList();
            _records[index] = _records[index] with
            {
                Outcome = outcome,
                CompletedAt = at,
                Detail = details.Count == 0 ? null : string.Join(" · ", details),
            };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<AuditRecord>>([.. Records.Where(record => record.Subject == subject).Reverse().Take(limit)]);

    public Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<AuditRecord>>([
            .. Records
                .Where(record => DateOnly.FromDateTime(record.At.UtcDateTime) == day && (after is null || record.At < after.At))
                .Reverse()
                .Take(limit),
        ]);

    private static void ThrowIf(bool broken)
    {
        if (broken)
        {
            throw new InvalidOperationException("The audit store is down.");
        }
    }
}
