namespace BankPortal.Tests.Fakes;

/// <summary>Days of accounts in memory, with the real store's condition: the open day must be the expected one.</summary>
public sealed class InMemoryAccountDays : IAccountDayStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<DateOnly, AccountDay>> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountDay> _open = new(StringComparer.Ordinal);

    /// <summary>Every step that was written.</summary>
    public List<AccountDayWrite> Writes { get; } = [];

    public int Reads { get; private set; }

    public int MaxRows => 24;

    /// <summary>Runs before the next write, for somebody who is faster.</summary>
    public Func<Task>? BeforeNextWrite { get; set; }

    /// <summary>Thrown by the next read.</summary>
    public Exception? NextReadFails { get; set; }

    /// <summary>Thrown by the next write.</summary>
    public Exception? NextWriteFails { get; set; }

    public Task<IReadOnlyList<AccountDay>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        lock (_lock)
        {
            Reads++;
            if (NextReadFails is { } failure)
            {
                NextReadFails = null;
                throw failure;
            }

            var days = _closed.GetValueOrDefault(accountId)?.Values.Where(d => d.Day >= from).ToList() ?? [];
            if (_open.TryGetValue(accountId, out var open))
            {
                days.Add(open);
            }

            return Task.FromResult<IReadOnlyList<AccountDay>>(days);
        }
    }

    public Task<IReadOnlyDictionary<string, AccountDay>> ReadOpenAsync(
        IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<string, AccountDay>>(
                accountIds.Where(_open.ContainsKey).ToDictionary(id => id, id => _open[id], StringComparer.Ordinal));
        }
    }

    public Task<AccountDay?> FindAsync(string accountId, DateOnly day, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(accountId);
            return Task.FromResult(Closed(accountId).GetValueOrDefault(day) ?? (open?.Day == day ? open : null));
        }
    }

    public async Task<bool> TryWriteAsync(AccountDayWrite write, CancellationToken ct = default)
    {
        if (BeforeNextWrite is { } before)
        {
            BeforeNextWrite = null;
            await before();
        }

        lock (_lock)
        {
            if (NextWriteFails is { } failure)
            {
                NextWriteFails = null;
                throw failure;
            }

            if (_open.GetValueOrDefault(write.AccountId)?.LastSequence != write.ExpectedOpen?.LastSequence)
            {
                return false;
            }

            if (write.Closed.Length + write.Removed.Length > MaxRows)
            {
                throw new InvalidOperationException("More than one transaction can hold.");
            }

            if (!write.IsRepair && write.Closed.Any(day => Closed(write.AccountId).ContainsKey(day.Day)))
            {
                return false;
            }

            Writes.Add(write);
            foreach (var day in write.Closed)
            {
                Closed(write.AccountId)[day.Day] = day;
            }

            foreach (var day in write.Removed)
            {
                Closed(write.AccountId).Remove(day);
            }

            if (write.Open is { } open)
            {
                _open[write.AccountId] = open;
            }
            else
            {
                _open.Remove(write.AccountId);
            }

            return true;
        }
    }

    /// <summary>Everything stored about an account, past the interface.</summary>
    public ImmutableArray<AccountDay> AllOf(string accountId)
    {
        lock (_lock)
        {
            return [.. Closed(accountId).Values, .. _open.TryGetValue(accountId, out var open) ? [open] : Array.Empty<AccountDay>()];
        }
    }

    /// <summary>Damages what is stored.</summary>
    public void Put(AccountDay day)
    {
        lock (_lock)
        {
            Closed(day.AccountId)[day.Day] = day;
        }
    }

    /// <summary>Loses a stored day.</summary>
    public void Lose(string accountId, DateOnly day)
    {
        lock (_lock)
        {
            Closed(accountId).Remove(day);
        }
    }

    private SortedDictionary<DateOnly, AccountDay> Closed(string accountId) =>
        _closed.TryGetValue(accountId, out var days) ? days : _closed[accountId] = [];
}
