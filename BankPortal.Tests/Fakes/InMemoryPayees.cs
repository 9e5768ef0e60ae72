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
                [.. Payee.InOrder(_payees.Where(p => p.Key.UserId == userId).Select(p => p.Value)).Take(limit)]);
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
                _payees.TryGetValue((userId, payee.AccountId), out var known)
                    ? known with
                    {
                        Name = payee.Name,
                        FirstPaidAt = known.FirstPaidAt ?? payee.FirstPaidAt,
                        LastPaidAt = payee.LastPaidAt,
                    }
                    : payee;
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryAddAsync(string userId, Payee payee, CancellationToken ct = default)
    {
        lock (_lock)
        {
            return Task.FromResult(_payees.TryAdd((userId, payee.AccountId), payee));
        }
    }

    public Task<bool> TryChangeAsync(string userId, string accountId, string? nickname, bool isFavourite, CancellationToken ct = default)
    {
        lock (_lock)
        {
            if (!_payees.TryGetValue((userId, accountId), out var payee))
            {
                return Task.FromResult(false);
            }

            _payees[(userId, accountId)] = payee with { Nickname = nickname, IsFavourite = isFavourite };
            return Task.FromResult(true);
        }
    }

    public Task DeleteAsync(string userId, string accountId, CancellationToken ct = default)
    {
        lock (_lock)
        {
            _payees.Remove((userId, accountId));
            return Task.CompletedTask;
        }
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
