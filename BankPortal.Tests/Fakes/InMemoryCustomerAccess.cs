namespace BankPortal.Tests.Fakes;

/// <summary>How people stand with signing in, in memory. Everybody the directory knows by name exists.</summary>
public sealed class InMemoryCustomerAccess(FakeCustomerDirectory directory, TimeProvider time) : ICustomerAccess
{
    public HashSet<string> Staff { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DateTimeOffset> Blocked { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<CustomerSession>> Sessions { get; } = new(StringComparer.Ordinal);

    public Task<CustomerAccess?> FindAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult(
            directory.Names.TryGetValue(userId, out var name)
                ? new CustomerAccess(
                    userId,
                    name,
                    Staff.Contains(userId),
                    time.GetUtcNow().AddDays(-100),
                    true,
                    true,
                    null,
                    null,
                    Blocked.TryGetValue(userId, out var at) ? at : null
                )
                : null
        );

    public Task<IReadOnlyList<CustomerSession>> ListSessionsAsync(string userId, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyList<CustomerSession>>(Sessions.GetValueOrDefault(userId) ?? []);

    public Task<bool> BlockAsync(string userId, CancellationToken ct = default)
    {
        Sessions.Remove(userId);
        return Task.FromResult(Blocked.TryAdd(userId, time.GetUtcNow()));
    }

    public Task<bool> UnblockAsync(string userId, CancellationToken ct = default) => Task.FromResult(Blocked.Remove(userId));
}
