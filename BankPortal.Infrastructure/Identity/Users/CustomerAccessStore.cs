using BankPortal.Infrastructure.Identity.Sessions;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Reads sign-in status and blocks sign-in, on the users table. Thread-safe.</summary>
public sealed class CustomerAccessStore : ICustomerAccess
{
    private readonly UserRows _rows;
    private readonly BankUserMapper _mapper;
    private readonly ISessionRegistry _sessions;
    private readonly TimeProvider _time;

    internal CustomerAccessStore(UserRows rows, BankUserMapper mapper, ISessionRegistry sessions, TimeProvider time)
    {
        _rows = rows;
        _mapper = mapper;
        _sessions = sessions;
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<CustomerAccess?> FindAsync(string userId, CancellationToken ct = default)
    {
        if (!IsId(userId)
            || await _rows.GetAsync(userId, ct) is not { } item
            || !string.Equals(new ItemReader(item).StringOrNull("kind"), BankUserMapper.Kind, StringComparison.Ordinal))
        {
            return null;
        }

        var user = _mapper.Read(item);
        return new CustomerAccess(
            user.Id,
            user.FullName,
            user.Roles.Overlaps(BankRoles.Staff),
            user.CreatedAt,
            user.PasswordHash is not null,
            user.HasSecondFactor,
            user.SecurityChangedAt,
            user.LockoutEnd > _time.GetUtcNow() ? user.LockoutEnd : null,
            user.BlockedAt);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CustomerSession>> ListSessionsAsync(string userId, CancellationToken ct = default) =>
        [
            .. (await _sessions.ListAsync(userId, ct)).Select(session => new CustomerSession(
                session.SessionId, session.Device, session.Address, session.CreatedAt, session.LastSeenAt, session.SecondFactorAt)),
        ];

    /// <inheritdoc/>
    public async Task<bool> BlockAsync(string userId, CancellationToken ct = default)
    {
        // Replace the stamps too, so that a session or an update based on an earlier read is invalid.
        var blocked = await _rows.UpdateAsync(
            userId,
            $"SET {BankUserMapper.BlockedAt} = :at, security_stamp = :security, concurrency_stamp = :concurrency",
            $"kind = :kind AND attribute_not_exists({BankUserMapper.BlockedAt})",
            new(StringComparer.Ordinal)
            {
                [":at"] = Attr.Time(_time.GetUtcNow()),
                [":security"] = Attr.S(NewStamp()),
                [":concurrency"] = Attr.S(NewStamp()),
                [":kind"] = Attr.S(BankUserMapper.Kind),
            },
            ct) is not null;
        await _sessions.EndAllAsync(userId, SessionEndReason.Ended, CancellationToken.None);
        return blocked;
    }

    /// <inheritdoc/>
    public async Task<bool> UnblockAsync(string userId, CancellationToken ct = default) =>
        await _rows.UpdateAsync(
            userId,
            $"SET concurrency_stamp = :concurrency REMOVE {BankUserMapper.BlockedAt}",
            $"kind = :kind AND attribute_exists({BankUserMapper.BlockedAt})",
            new(StringComparer.Ordinal) { [":concurrency"] = Attr.S(NewStamp()), [":kind"] = Attr.S(BankUserMapper.Kind) },
            ct) is not null;

    // Other rows of the table have a number sign in their keys.
    private static bool IsId(string userId) => userId is { Length: > 0 and <= 64 } && userId.All(char.IsAsciiLetterOrDigit);

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
