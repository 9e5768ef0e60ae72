namespace BankPortal.Tests.Fakes;

/// <summary>Payees in memory.</summary>
public sealed class InMemoryPayees : IPayeeStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string UserId, string AccountId), Payee> _payees = [];
    private readonly Dictionary<(string UserId, long Hour), int> _lookups = [];

    public Task<IReadOnlyList<Payee>> ListAsync(string userId, int limit, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Payee>>(
                [.. _payees.Where(p => p.Key.UserId == userId).Select(p => p.Value).OrderByDescending(p => p.LastPaidAt).Take(limit)]);
        }
    }

    public Task<Payee?> FindAsync(string userId, string accountId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_payees.GetValueOrDefault((userId, accountId)));
        }
    }

    public Task RememberAsync(string userId, Payee payee, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _payees[(userId, payee.AccountId)] =
                _payees.TryGetValue((userId, payee.AccountId), out var known) ? payee with { FirstPaidAt = known.FirstPaidAt } : payee;
        }

        return Task.CompletedTask;
    }

    public Task<int> CountLookupAsync(string userId, DateTimeOffset at, CancellationToken ct = default)
    {
        lock (_lock)
        {
            var key = (userId, AccountActivity.HourOf(at));
            return Task.FromResult(_lookups[key] = _lookups.GetValueOrDefault(key) + 1);
        }
    }
}
