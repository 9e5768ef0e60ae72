using System.Security.Claims;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// Stores roles. Those of <see cref="BankRoles"/> always exist; a row is written only for changes to them and for further roles. The
/// lower-case name is the id, so a role cannot be renamed.
/// </summary>
public sealed class DynamoRoleStore : IRoleClaimStore<BankRole>
{
    private readonly UserRows _rows;
    private readonly DynamoDatabase _database;
    private readonly IdentityErrorDescriber _errors;

    internal DynamoRoleStore(UserRows rows, DynamoDatabase database, IdentityErrorDescriber errors)
    {
        _rows = rows;
        _database = database;
        _errors = errors;
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> CreateAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        var id = NameOf(role.Name);
        if (BankRoles.All.Contains(id))
        {
            return IdentityResult.Failed(_errors.DuplicateRoleName(role.Name));
        }

        role.Id = role.Name = id;
        return await PutAsync(role, "attribute_not_exists(user_id)", null, cancellationToken)
            ? IdentityResult.Success
            : IdentityResult.Failed(_errors.DuplicateRoleName(role.Name));
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> UpdateAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        if (!string.Equals(NameOf(role.Name), role.Id, StringComparison.Ordinal))
        {
            return IdentityResult.Failed(new IdentityError { Code = "RoleRename", Description = "A role cannot be renamed." });
        }

        var condition = role.StoredStamp is null ? "attribute_not_exists(user_id)" : "concurrency_stamp = :stamp";
        return await PutAsync(role, condition, role.StoredStamp, cancellationToken)
            ? IdentityResult.Success
            : IdentityResult.Failed(_errors.ConcurrencyFailure());
    }

    /// <inheritdoc/>
    public async Task<IdentityResult> DeleteAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        if (BankRoles.All.Contains(role.Id) || role.StoredStamp is not { } stamp)
        {
            return IdentityResult.Failed(
                new IdentityError { Code = "BuiltInRole", Description = "This is a built-in role and cannot be deleted." });
        }

        try
        {
            await _database.Client.DeleteItemAsync(
                new DeleteItemRequest
                {
                    TableName = _rows.Table,
                    Key = UserRows.Key(RowId(role.Id)),
                    ConditionExpression = "concurrency_stamp = :stamp",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":stamp"] = Attr.S(stamp) },
                },
                cancellationToken);
            return IdentityResult.Success;
        }
        catch (ConditionalCheckFailedException)
        {
            return IdentityResult.Failed(_errors.ConcurrencyFailure());
        }
    }

    /// <inheritdoc/>
    public async Task<BankRole?> FindByIdAsync(string roleId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roleId);
        var item = await _rows.GetAsync(RowId(roleId), cancellationToken);
        if (item is null)
        {
            return BankRoles.All.Contains(roleId) ? Role(roleId, "") : null;
        }

        var row = new ItemReader(item);
        var role = Role(roleId, row.String("concurrency_stamp"));
        role.StoredStamp = role.ConcurrencyStamp;
        foreach (var claim in JsonSerializer.Deserialize<List<StoredClaim>>(row.StringOrNull("claims") ?? "[]") ?? [])
        {
            role.Claims.Add(new Claim(claim.Type, claim.Value));
        }

        return role;
    }

    /// <inheritdoc/>
    public Task<BankRole?> FindByNameAsync(string normalizedRoleName, CancellationToken cancellationToken) =>
        FindByIdAsync(NameOf(normalizedRoleName), cancellationToken);

    /// <inheritdoc/>
    public Task<string> GetRoleIdAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Task.FromResult(role.Id);
    }

    /// <inheritdoc/>
    public Task<string?> GetRoleNameAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Task.FromResult<string?>(role.Name);
    }

    /// <inheritdoc/>
    public Task SetRoleNameAsync(BankRole role, string? roleName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        role.Name = roleName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetNormalizedRoleNameAsync(BankRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Task.FromResult<string?>(role.NormalizedName);
    }

    /// <inheritdoc/>
    public Task SetNormalizedRoleNameAsync(BankRole role, string? normalizedName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(role);
        role.NormalizedName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IList<Claim>> GetClaimsAsync(BankRole role, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        return Task.FromResult<IList<Claim>>([.. role.Claims]);
    }

    /// <inheritdoc/>
    public Task AddClaimAsync(BankRole role, Claim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        role.Claims.Add(claim);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveClaimAsync(BankRole role, Claim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(claim);
        foreach (var own in role.Claims.Where(own => string.Equals(own.Type, claim.Type, StringComparison.Ordinal)
            && string.Equals(own.Value, claim.Value, StringComparison.Ordinal)).ToList())
        {
            role.Claims.Remove(own);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to dispose: the database handle is shared.
    }

    /// <summary>Returns a role's name from any spelling, including the framework's upper-case one.</summary>
    internal static string NameOf(string roleName) => roleName.Trim().ToLower(CultureInfo.InvariantCulture);

    private static string RowId(string roleId) => "role#" + roleId;

    private static BankRole Role(string id, string stamp) =>
        new() { Id = id, Name = id, NormalizedName = id.ToUpperInvariant(), ConcurrencyStamp = stamp };

    private async Task<bool> PutAsync(BankRole role, string condition, string? stamp, CancellationToken ct)
    {
        var newStamp = Guid.NewGuid().ToString("N");
        try
        {
            await _database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _rows.Table,
                    Item = new ItemWriter()
                        .Set("user_id", RowId(role.Id))
                        .Set("kind", "role")
                        .Set("concurrency_stamp", newStamp)
                        .Set("claims", JsonSerializer.Serialize(role.Claims.Select(claim => new StoredClaim(claim.Type, claim.Value))))
                        .ToItem(),
                    ConditionExpression = condition,
                    ExpressionAttributeValues = stamp is null ? null : new(StringComparer.Ordinal) { [":stamp"] = Attr.S(stamp) },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }

        role.ConcurrencyStamp = newStamp;
        role.StoredStamp = newStamp;
        return true;
    }

    private sealed record StoredClaim(string Type, string Value);
}
