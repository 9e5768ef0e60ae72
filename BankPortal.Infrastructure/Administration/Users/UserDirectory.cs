using BankPortal.Core.Administration.Users;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Administration.Users;

/// <summary>Finds users by the index of users and by the rows that make addresses unique. Thread-safe.</summary>
public sealed class UserDirectory : IUserDirectory
{
    private readonly UserRows _rows;
    private readonly BankUserMapper _mapper;
    private readonly ILookupNormalizer _normalizer;
    private readonly TimeProvider _time;

    internal UserDirectory(UserRows rows, BankUserMapper mapper, ILookupNormalizer normalizer, TimeProvider time)
    {
        _rows = rows;
        _mapper = mapper;
        _normalizer = normalizer;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<UserPage> ListAsync(string? role, string? after, int limit, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var kind = role is null ? BankUserMapper.Kind : UserRows.MemberKind(role);
        var prefix = role is null ? "" : UserRows.MemberKey(role, "");
        var ids = (await _rows.ListPageAsync(kind, after is null ? null : prefix + after, limit + 1, ct))
            .Select(id => id[prefix.Length..])
            .ToList();
        var users = (await _rows.GetManyAsync(ids.Take(limit), null, ct))
            .Select(item => ToUser(_mapper.Read(item)))
            .ToDictionary(user => user.Id, StringComparer.Ordinal);
        return new UserPage(
            [.. ids.Take(limit).Where(users.ContainsKey).Select(id => users[id]).Where(user => role is null || user.Roles.Contains(role))],
            ids.Count > limit ? ids[limit - 1] : null);
    }

    /// <inheritdoc/>
    public async Task<PortalUser?> FindAsync(string userId, CancellationToken ct = default) =>
        IsId(userId)
        && await _rows.GetAsync(userId, ct) is { } item
        && new ItemReader(item).StringOrNull("kind") == BankUserMapper.Kind
            ? ToUser(_mapper.Read(item))
            : null;

    /// <inheritdoc/>
    public async Task<PortalUser?> FindByEmailAsync(string email, CancellationToken ct = default)
    {
        var normalized = _normalizer.NormalizeEmail(email);
        return normalized is { Length: > 0 } && await _rows.ResolveAsync(await _rows.EmailKeyAsync(normalized, ct), ct) is { } owner
            ? await FindAsync(owner, ct)
            : null;
    }

    // Other rows of the table have a number sign in their keys.
    private static bool IsId(string userId) => userId is { Length: > 0 and <= 64 } && userId.All(char.IsAsciiLetterOrDigit);

    private PortalUser ToUser(BankUser user) => new(
        user.Id, user.FullName, user.Email, user.Roles.ToImmutableSortedSet(StringComparer.Ordinal), user.CreatedAt)
    {
        IsEmailConfirmed = user.EmailConfirmed,
        HasPassword = user.PasswordHash is not null,
        HasAuthenticator = user.TwoFactorEnabled,
        Passkeys = user.PasskeyCount,
        FailedAttempts = user.AccessFailedCount,
        LockedUntil = user.LockoutEnd > _time.GetUtcNow() ? user.LockoutEnd : null,
        BlockedAt = user.BlockedAt,
    };
}
