namespace BankPortal.Tests.Fakes;

/// <summary>Names of customers by id.</summary>
public sealed class FakeCustomerDirectory : ICustomerDirectory
{
    public Dictionary<string, string> Names { get; } = new(StringComparer.Ordinal);

    public Task<string?> FindNameAsync(string userId, CancellationToken ct = default) => Task.FromResult(Names.GetValueOrDefault(userId));

    public Task<IReadOnlyDictionary<string, string>> FindNamesAsync(IReadOnlyCollection<string> userIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(
            userIds
                .Distinct(StringComparer.Ordinal)
                .Where(Names.ContainsKey)
                .ToDictionary(id => id, id => Names[id], StringComparer.Ordinal)
        );
}
