namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>Reads the members of staff roles: found by the members index, then read consistently. Thread-safe.</summary>
public sealed class StaffDirectory : IStaffDirectory
{
    private readonly UserRows _rows;
    private readonly BankUserMapper _mapper;

    internal StaffDirectory(UserRows rows, BankUserMapper mapper)
    {
        _rows = rows;
        _mapper = mapper;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StaffMember>> ListAsync(IReadOnlyCollection<string> roles, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var asked = roles.Where(BankRoles.Staff.Contains).ToImmutableHashSet(StringComparer.Ordinal);
        var ids = new List<string>();
        foreach (var role in asked)
        {
            var prefix = UserRows.MemberKey(role, "").Length;
            await foreach (var row in _rows.ListAsync(UserRows.MemberKind(role), ct))
            {
                ids.Add(row[prefix..]);
            }
        }

        var items = await _rows.GetManyAsync(ids, "user_id, kind, full_name, #roles", ct);
        return
        [
            .. items
                .Where(item => string.Equals(new ItemReader(item).StringOrNull("kind"), BankUserMapper.Kind, StringComparison.Ordinal))
                .Select(item => new StaffMember(
                    new ItemReader(item).String("user_id"), _mapper.ReadName(item), [.. new ItemReader(item).Strings("roles")]))
                .Where(member => member.Roles.Overlaps(asked)),
        ];
    }
}
