using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Events;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// Stores users in DynamoDB. Rows written in one transaction with the user make e-mail addresses, user names and linked sign-ins unique.
/// Every look-up is strongly consistent and takes at most two reads. An update with an old concurrency stamp is refused. Personal data is
/// encrypted, and look-up keys are keyed hashes.
/// </summary>
/// <remarks>This part of the class works on the rows; the other parts implement the framework's small interfaces over the
/// fields.</remarks>
public sealed partial class DynamoUserStore : IUserStore<BankUser>
{
    private readonly UserRows _rows;
    private readonly BankUserMapper _mapper;
    private readonly LookupHasher _hasher;
    private readonly SignInCounter _counter;
    private readonly DynamoRoleStore _roles;
    private readonly IdentityErrorDescriber _errors;
    // How long after registration setting up the e-mail address and second factor does not count as a security change.
    private static readonly TimeSpan SettingUp = TimeSpan.FromHours(1);

    private const int MostInOneTransaction = 10;

    private readonly TimeProvider _time;
    private readonly DynamoEventOutbox? _outbox;

    internal DynamoUserStore(
        UserRows rows,
        BankUserMapper mapper,
        LookupHasher hasher,
        SignInCounter counter,
        DynamoRoleStore roles,
        IdentityErrorDescriber errors,
        TimeProvider time,
        DynamoEventOutbox? outbox = null)
    {
        _rows = rows;
        _mapper = mapper;
        _hasher = hasher;
        _counter = counter;
        _roles = roles;
        _errors = errors;
        _time = time;
        _outbox = outbox;
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(BankUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var now = _time.GetUtcNow();
        user.Id = user.Id.Length > 0 ? user.Id : BankUser.NewId(now);
        user.CreatedAt = user.CreatedAt == default ? now : user.CreatedAt;
        user.ConcurrencyStamp = NewStamp();

        List<TransactWriteItem> items =
        [
            new()
            {
                Put = new Put
                {
                    TableName = _rows.Table,
                    Item = _mapper.ToItem(user),
                    ConditionExpression = "attribute_not_exists(user_id)",
                },
            },
        ];
        var refusals = new List<IdentityError> { _errors.ConcurrencyFailure() };
        var unique = await UniqueRowsAsync(user.NormalizedUserName, user.NormalizedEmail, user.Logins, user, cancellationToken);
        foreach (var (row, refusal) in unique)
        {
            items.Add(_rows.PutUnique(row, user.Id));
            refusals.Add(refusal);
        }

        foreach (var row in user.PasskeyRows)
        {
            items.Add(PutPasskey(user, row));
            refusals.Add(_errors.LoginAlreadyAssociated());
        }

        items.AddRange(user.Roles.Select(role => _rows.PutMember(role, user.Id)));
        var failed = await _rows.TransactAsync(items, cancellationToken);
        if (failed.Count > 0)
        {
            return Refused(failed, refusals);
        }

        BankUserMapper.Remember(user);
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(BankUser user, CancellationToken cancellationToken) =>
        UpdateAsync(user, extra: null, cancellationToken);

    /// <inheritdoc/>
    public async Task<IdentityResult> DeleteAsync(BankUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Stored is not { } stored)
        {
            return IdentityResult.Failed(_errors.ConcurrencyFailure());
        }

        List<TransactWriteItem> items =
        [
            new()
            {
                Delete = new Delete
                {
                    TableName = _rows.Table,
                    Key = UserRows.Key(user.Id),
                    ConditionExpression = "concurrency_stamp = :stamp",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":stamp"] = Attr.S(stored.ConcurrencyStamp) },
                },
            },
        ];
        var unique = await UniqueRowsAsync(stored.NormalizedUserName, stored.NormalizedEmail, stored.Logins, user, cancellationToken);
        items.AddRange(unique.Select(row => _rows.DeleteUnique(row.RowId, user.Id)));
        items.AddRange(stored.Roles.Select(role => _rows.DeleteMember(role, user.Id)));
        var failed = await _rows.TransactAsync(items, cancellationToken);
        if (failed.Count > 0)
        {
            return IdentityResult.Failed(_errors.ConcurrencyFailure());
        }

        // After the user, who may have more passkeys than older engines take in one transaction. A row that is left over leads nowhere.
        foreach (var rows in stored.PasskeyRows.Chunk(MostInOneTransaction))
        {
            await _rows.TransactAsync([.. rows.Select(row => _rows.DeleteUnique(row, user.Id))], cancellationToken);
        }

        user.Stored = null;
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    public async Task<BankUser?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userId);
        return userId.Length > 0 && await _rows.GetAsync(userId, cancellationToken) is { } item && IsUser(item) ? _mapper.Read(item) : null;
    }

    /// <inheritdoc/>
    public async Task<BankUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(normalizedUserName);
        var owner = await _rows.ResolveAsync(await _rows.LoginKeyAsync(normalizedUserName, cancellationToken), cancellationToken);

        // The name may have moved to another user between the two reads.
        return owner is not null && await FindByIdAsync(owner, cancellationToken) is { } user
            && string.Equals(user.NormalizedUserName, normalizedUserName, StringComparison.Ordinal) ? user : null;
    }

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(NotNull(user).Id);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(NotNull(user).UserName);

    /// <inheritdoc/>
    public Task SetUserNameAsync(BankUser user, string? userName, CancellationToken cancellationToken)
    {
        NotNull(user).UserName = userName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(NotNull(user).NormalizedUserName);

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(BankUser user, string? normalizedName, CancellationToken cancellationToken)
    {
        NotNull(user).NormalizedUserName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to dispose: the database handle is shared.
    }

    /// <summary>
    /// Looks a person up for signing in. Always reads two rows and always returns the row to count the attempt on, with its count, so
    /// that unknown addresses cannot be detected by cost or timing.
    /// </summary>
    /// <param name="normalizedName">The normalised e-mail address or user name.</param>
    /// <param name="byEmail">Whether it is an e-mail address.</param>
    /// <param name="ct">Cancels the read.</param>
    internal async Task<(BankUser? User, string CounterRow, SignInCount Count)> FindForSignInAsync(
        string normalizedName, bool byEmail, CancellationToken ct)
    {
        var row = byEmail ? await _rows.EmailKeyAsync(normalizedName, ct) : await _rows.LoginKeyAsync(normalizedName, ct);
        var phantom = UserRows.PhantomKey(row);
        var item = await _rows.GetAsync(await _rows.ResolveAsync(row, ct) ?? phantom, ct);
        if (item is null || !IsUser(item))
        {
            return (null, phantom, SignInCount.Of(item));
        }

        var user = _mapper.Read(item);
        var name = byEmail ? user.NormalizedEmail : user.NormalizedUserName;
        return string.Equals(name, normalizedName, StringComparison.Ordinal)
            ? (user, user.Id, SignInCount.Of(item))
            : (null, phantom, SignInCount.None);
    }

    /// <summary>
    /// Updates the user and writes another row in the same transaction; a concurrency failure when either write fails. A change of roles
    /// changes the security stamp, so that no session goes on with the old ones.
    /// </summary>
    internal async Task<IdentityResult> UpdateAsync(BankUser user, TransactWriteItem? extra, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Stored is not { } stored)
        {
            return IdentityResult.Failed(_errors.ConcurrencyFailure());
        }

        var oldStamp = user.ConcurrencyStamp;
        var newStamp = NewStamp();
        var oldSecurityStamp = user.SecurityStamp;
        user.ConcurrencyStamp = newStamp;
        if (!user.Roles.SetEquals(stored.Roles))
        {
            user.SecurityStamp = NewStamp();
        }

        var update = BuildUpdate(user, stored, oldStamp);
        List<TransactWriteItem> items = [new() { Update = update }];
        var refusals = new List<IdentityError> { _errors.ConcurrencyFailure() };
        await AddMovesAsync(user, stored, items, refusals, ct);
        if (extra is not null)
        {
            items.Add(extra);
        }

        // Somebody may have to be told of the change: in the same transaction, so that it is never lost and never untrue.
        if (_outbox is not null)
        {
            items.AddRange(EventsOf(user, stored).Select(_outbox.Write));
        }

        bool applied;
        IReadOnlyList<int> failed = [];
        try
        {
            if (items.Count == 1)
            {
                applied = await _rows.UpdateAsync(
                    user.Id,
                    update.UpdateExpression,
                    update.ConditionExpression,
                    update.ExpressionAttributeValues,
                    ct,
                    update.ExpressionAttributeNames)
                    is not null || await WasAppliedAsync(user.Id, newStamp, ct);
            }
            else
            {
                failed = await _rows.TransactAsync(items, ct);
                applied = failed.Count == 0;
                _outbox?.Written();
            }
        }
        catch
        {
            (user.ConcurrencyStamp, user.SecurityStamp) = (oldStamp, oldSecurityStamp);
            throw;
        }

        if (!applied)
        {
            (user.ConcurrencyStamp, user.SecurityStamp) = (oldStamp, oldSecurityStamp);
            return failed.Count > 0 ? Refused(failed, refusals) : IdentityResult.Failed(_errors.ConcurrencyFailure());
        }

        BankUserMapper.Remember(user);
        return IdentityResult.Success;
    }

    private IEnumerable<BankEvent> EventsOf(BankUser user, BankUserSnapshot stored)
    {
        var changes = new List<(string Kind, (string, string)[] Facts)>();

        // A password that is only hashed anew at sign-in keeps the security stamp.
        if (stored.PasswordHash is not null && user.PasswordHash != stored.PasswordHash && user.SecurityStamp != stored.SecurityStamp)
        {
            changes.Add((BankEventKinds.PasswordChanged, []));
        }

        if (stored.NormalizedEmail is not null && user.NormalizedEmail != stored.NormalizedEmail)
        {
            changes.Add((BankEventKinds.EmailChanged, []));
        }

        if (user.TwoFactorEnabled != stored.TwoFactorEnabled)
        {
            changes.Add((user.TwoFactorEnabled ? BankEventKinds.SecondFactorOn : BankEventKinds.SecondFactorOff, []));
        }
        else if (user.TwoFactorEnabled && user.AuthenticatorKey != stored.AuthenticatorKey)
        {
            changes.Add((BankEventKinds.SecondFactorReplaced, []));
        }

        if (!user.Roles.SetEquals(stored.Roles))
        {
            changes.Add((BankEventKinds.RolesChanged, [("roles", string.Join(", ", user.Roles))]));
        }

        return changes.Select(change => BankEvent.Of(
            DerivedId.From(change.Kind, user.Id, user.ConcurrencyStamp), change.Kind, user.Id, _time.GetUtcNow(), change.Facts));
    }

    private static bool IsUser(Dictionary<string, AttributeValue> item) =>
        string.Equals(new ItemReader(item).StringOrNull("kind"), BankUserMapper.Kind, StringComparison.Ordinal);

    private static string NewStamp() => Guid.NewGuid().ToString("N");

    private static BankUser NotNull(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user;
    }

    private static IdentityResult Refused(IReadOnlyList<int> failed, List<IdentityError> refusals)
    {
        // A failed condition on the user's own row takes precedence, because the other failures may follow from it.
        IdentityError[] errors = failed[0] == 0
            ? [refusals[0]]
            : [.. failed.Select(i => i < refusals.Count ? refusals[i] : refusals[0]).DistinctBy(
                error => error.Code, StringComparer.Ordinal)];
        return IdentityResult.Failed(errors);
    }

    private Update BuildUpdate(BankUser user, BankUserSnapshot stored, string oldStamp)
    {
        var item = _mapper.ToItem(user);
        var write = new List<string>(BankUserMapper.ProfileAttributes);
        var remove = new List<string>();
        var set = new List<string>();
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":old"] = Attr.S(oldStamp) };
        if (user.LockoutEnd != stored.LockoutEnd)
        {
            write.Add("lockout_end");
        }

        if (user.AccessFailedCount != stored.AccessFailedCount)
        {
            write.Add("access_failed_count");
        }

        if (user.RecoveryCodesReplaced)
        {
            write.Add("recovery_codes");
        }

        if (!string.Equals(user.AuthenticatorKey, stored.AuthenticatorKey, StringComparison.Ordinal))
        {
            // The steps used with the old secret do not apply to the new one; the code that confirmed the new one is used.
            remove.Add("last_totp_step");
            if (user.ConfirmedStep is { } confirmed && string.Equals(confirmed.Key, user.AuthenticatorKey, StringComparison.Ordinal))
            {
                set.Add("totp_steps = :totp_steps");
                values[":totp_steps"] = new AttributeValue { SS = [confirmed.Step.ToString(CultureInfo.InvariantCulture)] };
            }
            else
            {
                remove.Add("totp_steps");
            }
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in write)
        {
            names["#" + name] = name;
            if (item.TryGetValue(name, out var value))
            {
                values[":" + name] = value;
                set.Add($"#{name} = :{name}");
            }
            else
            {
                remove.Add("#" + name);
            }
        }

        return new Update
        {
            TableName = _rows.Table,
            Key = UserRows.Key(user.Id),
            UpdateExpression = "SET " + string.Join(", ", set) + (remove.Count > 0 ? " REMOVE " + string.Join(", ", remove) : ""),
            ConditionExpression = "#concurrency_stamp = :old",
            ExpressionAttributeNames = names,
            ExpressionAttributeValues = values,
        };
    }

    private async Task AddMovesAsync(
        BankUser user, BankUserSnapshot stored, List<TransactWriteItem> items, List<IdentityError> refusals, CancellationToken ct)
    {
        var before = await UniqueRowsAsync(stored.NormalizedUserName, stored.NormalizedEmail, stored.Logins, user, ct);
        var after = await UniqueRowsAsync(user.NormalizedUserName, user.NormalizedEmail, user.Logins, user, ct);
        foreach (var (row, refusal) in after.ExceptBy(before.Select(old => old.RowId), now => now.RowId, StringComparer.Ordinal))
        {
            items.Add(_rows.PutUnique(row, user.Id));
            refusals.Add(refusal);
        }

        foreach (var row in user.PasskeyRows.Except(stored.PasskeyRows, StringComparer.Ordinal))
        {
            items.Add(PutPasskey(user, row));
            refusals.Add(_errors.LoginAlreadyAssociated());
        }

        items.AddRange(stored.PasskeyRows.Except(user.PasskeyRows, StringComparer.Ordinal)
            .Select(row => _rows.DeleteUnique(row, user.Id)));
        items.AddRange(before.ExceptBy(after.Select(now => now.RowId), old => old.RowId, StringComparer.Ordinal)
            .Select(row => _rows.DeleteUnique(row.RowId, user.Id)));
        items.AddRange(user.Roles.Except(stored.Roles, StringComparer.Ordinal).Select(role => _rows.PutMember(role, user.Id)));
        items.AddRange(stored.Roles.Except(user.Roles, StringComparer.Ordinal).Select(role => _rows.DeleteMember(role, user.Id)));
    }

    private async Task<List<(string RowId, IdentityError Refusal)>> UniqueRowsAsync(
        string normalizedUserName, string? normalizedEmail, IEnumerable<UserLoginInfo> logins, BankUser user, CancellationToken ct)
    {
        var rows = new List<(string, IdentityError)>();
        if (normalizedUserName.Length > 0)
        {
            rows.Add((await _rows.LoginKeyAsync(normalizedUserName, ct), _errors.DuplicateUserName(user.UserName)));
        }

        if (normalizedEmail is { Length: > 0 })
        {
            rows.Add((await _rows.EmailKeyAsync(normalizedEmail, ct), _errors.DuplicateEmail(user.Email ?? "")));
        }

        foreach (var login in logins)
        {
            rows.Add((await _rows.ExternalKeyAsync(login.LoginProvider, login.ProviderKey, ct), _errors.LoginAlreadyAssociated()));
        }

        return rows;
    }

    // The SDK repeats a request whose answer was lost; the repeat then finds our own stamp.
    private async Task<bool> WasAppliedAsync(string userId, string newStamp, CancellationToken ct) =>
        await _rows.GetAsync(userId, ct) is { } item
        && string.Equals(new ItemReader(item).StringOrNull("concurrency_stamp"), newStamp, StringComparison.Ordinal);
}
