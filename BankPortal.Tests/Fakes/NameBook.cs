using System.Collections.Concurrent;
using BankPortal.Core.Identity;

namespace BankPortal.Tests.Fakes;

/// <summary>A directory of names kept in memory.</summary>
public sealed class NameBook : ICustomerDirectory
{
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    public string this[string userId]
    {
        set => _names[userId] = value;
    }

    public Task<string?> FindNameAsync(string userId, CancellationToken ct = default) => Task.FromResult(_names.GetValueOrDefault(userId));

    public Task<IReadOnlyDictionary<string, string>> FindNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(
            userIds.Where(_names.ContainsKey).ToDictionary(id => id, id => _names[id], StringComparer.Ordinal));
}
