using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <content>
/// Passkeys. Each has a row of its own, under a keyed hash of its credential id: the row makes the id unique in the bank and leads to the
/// owner. The user's row lists the rows, so that passkeys are added and removed under the user's concurrency stamp, in one transaction.
/// </content>
public sealed partial class DynamoUserStore : IUserPasskeyStore<BankUser>
{
    /// <summary>
    /// Adds a passkey, which the next update of the user stores. Of a passkey that is stored already, the name and the state of its backup
    /// are stored at once; its counter changes by an assertion only.
    /// </summary>
    /// <inheritdoc/>
    public async Task AddOrUpdatePasskeyAsync(BankUser user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        var row = await _rows.PasskeyKeyAsync(passkey.CredentialId, cancellationToken);
        if (NotNull(user).Stored?.PasskeyRows.Contains(row, StringComparer.Ordinal) != true)
        {
            user.PasskeyRows.Add(row);
            user.NewPasskeys[row] = passkey;
            return;
        }

        var name = _mapper.HidePasskeyName(passkey.Name);
        var values = OwnedBy(user);
        values[":backed"] = Attr.Bool(passkey.IsBackedUp);
        if (name is not null)
        {
            values[":name"] = Attr.S(name);
        }

        await _rows.UpdateAsync(
            row,
            $"SET {BankUserMapper.BackedUpName} = :backed"
                + (name is null ? $" REMOVE {BankUserMapper.PasskeyNameName}" : $", {BankUserMapper.PasskeyNameName} = :name"),
            "#owner = :owner",
            values,
            cancellationToken,
            OwnerName());
    }

    /// <inheritdoc/>
    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(BankUser user, CancellationToken cancellationToken) =>
        [.. (await ListPasskeysAsync(user, cancellationToken)).Select(passkey => passkey.Info)];

    /// <summary>One read by key finds the owner, a second one reads the user.</summary>
    /// <inheritdoc/>
    public async Task<BankUser?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var row = await _rows.PasskeyKeyAsync(credentialId, cancellationToken);

        // The passkey may have been removed between the two reads.
        return await _rows.ResolveAsync(row, cancellationToken) is { } owner
            && await FindByIdAsync(owner, cancellationToken) is { } user
            && user.PasskeyRows.Contains(row) ? user : null;
    }

    /// <summary>
    /// Whether found passkeys are given without their counters (zero), because <see cref="TryUsePasskeyAsync"/> compares them. The store
    /// belongs to one request, which checks one assertion.
    /// </summary>
    internal bool ComparesCountersLater { get; set; }

    /// <inheritdoc/>
    public async Task<UserPasskeyInfo?> FindPasskeyAsync(BankUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var row = await _rows.PasskeyKeyAsync(credentialId, cancellationToken);
        if (!NotNull(user).PasskeyRows.Contains(row))
        {
            return null;
        }

        var found = user.NewPasskeys.TryGetValue(row, out var added)
            ? added
            : (await ReadPasskeyAsync(user, row, cancellationToken))?.Info;
        if (found is not null && ComparesCountersLater)
        {
            found.SignCount = 0;
        }

        return found;
    }

    /// <summary>Removes a passkey; the next update of the user stores it.</summary>
    /// <inheritdoc/>
    public async Task RemovePasskeyAsync(BankUser user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var row = await _rows.PasskeyKeyAsync(credentialId, cancellationToken);
        NotNull(user).PasskeyRows.Remove(row);
        user.NewPasskeys.Remove(row);
    }

    /// <summary>Reads the person's passkeys, the oldest first, with one request.</summary>
    internal async Task<IReadOnlyList<BankPasskey>> ListPasskeysAsync(BankUser user, CancellationToken ct)
    {
        if (NotNull(user).PasskeyRows.Count == 0)
        {
            return [];
        }

        var items = await _rows.GetManyAsync(user.PasskeyRows, projection: null, ct);
        return
        [
            .. items.Where(item => IsOwnedBy(item, user))
                .Select(_mapper.ReadPasskey)
                .OrderBy(passkey => passkey.Info.CreatedAt)
                .ThenBy(passkey => passkey.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Finds one of the person's passkeys by the id that addresses carry.</summary>
    internal Task<BankPasskey?> FindPasskeyByIdAsync(BankUser user, string id, CancellationToken ct)
    {
        var row = UserRows.PasskeyKeyOf(id);
        return NotNull(user).PasskeyRows.Contains(row) ? ReadPasskeyAsync(user, row, ct) : Task.FromResult<BankPasskey?>(null);
    }

    /// <summary>
    /// Takes a valid assertion: stores the counter, the state of the backup and the time of use. The counter has to be above the stored
    /// one, or both are zero (devices that keep none); of two assertions with the same counter exactly one is taken, on whichever node.
    /// </summary>
    internal async Task<PasskeyUse> TryUsePasskeyAsync(BankUser user, UserPasskeyInfo asserted, CancellationToken ct)
    {
        var row = await _rows.PasskeyKeyAsync(asserted.CredentialId, ct);
        var values = OwnedBy(user);
        values[":count"] = Attr.N(asserted.SignCount);
        values[":backed"] = Attr.Bool(asserted.IsBackedUp);
        values[":now"] = Attr.Time(_time.GetUtcNow());
        var used = await _rows.UpdateAsync(
            row,
            $"SET {BankUserMapper.SignCountName} = :count, {BankUserMapper.BackedUpName} = :backed, {BankUserMapper.LastUsedName} = :now",
            $"#owner = :owner AND {BankUserMapper.SignCountName} {(asserted.SignCount == 0 ? "=" : "<")} :count",
            values,
            ct,
            OwnerName());
        return used is not null ? PasskeyUse.Used
            : await ReadPasskeyAsync(user, row, ct) is null ? PasskeyUse.Gone
            : PasskeyUse.CounterWentBack;
    }

    private static bool IsOwnedBy(Dictionary<string, AttributeValue> item, BankUser user) =>
        string.Equals(new ItemReader(item).StringOrNull("owner"), user.Id, StringComparison.Ordinal);

    private static Dictionary<string, AttributeValue> OwnedBy(BankUser user) =>
        new(StringComparer.Ordinal) { [":owner"] = Attr.S(user.Id) };

    private static Dictionary<string, string> OwnerName() => new(StringComparer.Ordinal) { ["#owner"] = "owner" };

    private async Task<BankPasskey?> ReadPasskeyAsync(BankUser user, string row, CancellationToken ct) =>
        await _rows.GetAsync(row, ct) is { } item && IsOwnedBy(item, user) ? _mapper.ReadPasskey(item) : null;

    private TransactWriteItem PutPasskey(BankUser user, string row) => new()
    {
        Put = new Put
        {
            TableName = _rows.Table,
            Item = _mapper.ToPasskeyItem(row, user.Id, user.NewPasskeys[row]),
            ConditionExpression = "attribute_not_exists(user_id)",
        },
    };
}
