using BankPortal.Core.Analytics.Months;

namespace BankPortal.Tests.Fakes;

/// <summary>Month summaries in memory, with the real store's condition: the open month must be the expected one.</summary>
public sealed class InMemoryAccountMonths : IAccountMonthStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SortedDictionary<DateOnly, AccountMonth>> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountMonth> _open = new(StringComparer.Ordinal);

    public int MaxRows => 8;

    public int Writes { get; private set; }

    public Task<IReadOnlyList<AccountMonth>> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var months = _closed.GetValueOrDefault(accountId)?.Values.Where(m => m.Month >= from).ToList() ?? [];
            if (_open.TryGetValue(accountId, out var open))
            {
                months.Add(open);
            }

            return Task.FromResult<IReadOnlyList<AccountMonth>>(months);
        }
    }

    public Task<bool> TryWriteAsync(AccountMonthWrite write, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if ((_open.GetValueOrDefault(write.AccountId)?.LastSequence ?? 0) != write.ExpectedLast)
            {
                return Task.FromResult(false);
            }

            Writes++;
            var closed = _closed.TryGetValue(write.AccountId, out var found) ? found : _closed[write.AccountId] = [];
            foreach (var month in write.Closed)
            {
                closed[month.Month] = month;
            }

            _open[write.AccountId] = write.Open;
            return Task.FromResult(true);
        }
    }
}
