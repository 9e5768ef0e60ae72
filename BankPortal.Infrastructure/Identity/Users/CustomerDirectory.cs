namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Reads the names and addresses of people for the modules outside Identity. Thread-safe.</summary>
public sealed class CustomerDirectory : ICustomerDirectory, IContactDirectory
{
    private readonly UserRows _rows;
    private readonly BankUserMapper _mapper;

    internal CustomerDirectory(UserRows rows, BankUserMapper mapper)
    {
        _rows = rows;
        _mapper = mapper;
    }

    /// <inheritdoc/>
    public async Task<string?> FindNameAsync(string userId, CancellationToken ct = default)
    {
        var names = await FindNamesAsync([userId], ct);
        return names.GetValueOrDefault(userId);
    }

    /// <inheritdoc/>
    public async Task<PersonContact?> FindAsync(string userId, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var items = await _rows.GetManyAsync([userId], "user_id, kind, full_name, email, email_confirmed", ct);
        return items is [var item, ..]
            && string.Equals(new ItemReader(item).StringOrNull("kind"), BankUserMapper.Kind, StringComparison.Ordinal)
                ? _mapper.ReadContact(item)
                : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, string>> FindNamesAsync(
        IReadOnlyCollection<string> userIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        var items = await _rows.GetManyAsync(userIds.Where(id => id.Length > 0), "user_id, kind, full_name", ct);
        return items
            .Where(item => string.Equals(new ItemReader(item).StringOrNull("kind"), BankUserMapper.Kind, StringComparison.Ordinal))
            .ToDictionary(item => new ItemReader(item).String("user_id"), _mapper.ReadName, StringComparer.Ordinal);
    }
}
