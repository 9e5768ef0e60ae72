using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <content>E-mail, telephone, roles, claims, linked sign-ins, tokens.</content>
public sealed partial class DynamoUserStore :
    IUserEmailStore<BankUser>,
    IUserPhoneNumberStore<BankUser>,
    IUserRoleStore<BankUser>,
    IUserClaimStore<BankUser>,
    IUserLoginStore<BankUser>,
    IUserAuthenticationTokenStore<BankUser>
{
    /// <summary>Sets the address, and also the user name when the two were the same.</summary>
    /// <inheritdoc/>
    public Task SetEmailAsync(BankUser user, string? email, CancellationToken cancellationToken)
    {
        if (NotNull(user).Email is { Length: > 0 } && email is { Length: > 0 }
            && string.Equals(user.UserName, user.Email, StringComparison.OrdinalIgnoreCase))
        {
            user.UserName = email;
        }

        user.Email = email;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetEmailAsync(BankUser user, CancellationToken cancellationToken) => Task.FromResult(NotNull(user).Email);

    /// <inheritdoc/>
    public Task<bool> GetEmailConfirmedAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).EmailConfirmed);

    /// <inheritdoc/>
    public Task SetEmailConfirmedAsync(BankUser user, bool confirmed, CancellationToken cancellationToken)
    {
        NotNull(user).EmailConfirmed = confirmed;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<BankUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(normalizedEmail);
        var owner = await _rows.ResolveAsync(await _rows.EmailKeyAsync(normalizedEmail, cancellationToken), cancellationToken);
        return owner is not null && await FindByIdAsync(owner, cancellationToken) is { } user
            && string.Equals(user.NormalizedEmail, normalizedEmail, StringComparison.Ordinal) ? user : null;
    }

    /// <inheritdoc/>
    public Task<string?> GetNormalizedEmailAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).NormalizedEmail);

    /// <inheritdoc/>
    public Task SetNormalizedEmailAsync(BankUser user, string? normalizedEmail, CancellationToken cancellationToken)
    {
        NotNull(user).NormalizedEmail = normalizedEmail;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetPhoneNumberAsync(BankUser user, string? phoneNumber, CancellationToken cancellationToken)
    {
        NotNull(user).PhoneNumber = phoneNumber;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetPhoneNumberAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).PhoneNumber);

    /// <inheritdoc/>
    public Task<bool> GetPhoneNumberConfirmedAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).PhoneNumberConfirmed);

    /// <inheritdoc/>
    public Task SetPhoneNumberConfirmedAsync(BankUser user, bool confirmed, CancellationToken cancellationToken)
    {
        NotNull(user).PhoneNumberConfirmed = confirmed;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There is no such role.</exception>
    public async Task AddToRoleAsync(BankUser user, string roleName, CancellationToken cancellationToken)
    {
        var role = await _roles.FindByNameAsync(roleName, cancellationToken)
            ?? throw new InvalidOperationException($"There is no role '{roleName}'.");
        NotNull(user).Roles.Add(role.Name);
    }

    /// <inheritdoc/>
    public Task RemoveFromRoleAsync(BankUser user, string roleName, CancellationToken cancellationToken)
    {
        NotNull(user).Roles.Remove(DynamoRoleStore.NameOf(roleName));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IList<string>> GetRolesAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<string>>([.. NotNull(user).Roles]);

    /// <inheritdoc/>
    public Task<bool> IsInRoleAsync(BankUser user, string roleName, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).Roles.Contains(DynamoRoleStore.NameOf(roleName)));

    /// <summary>Reads the members of a role: found by an eventually consistent index, then read consistently.</summary>
    /// <inheritdoc/>
    public async Task<IList<BankUser>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
    {
        var role = DynamoRoleStore.NameOf(roleName);
        var prefix = UserRows.MemberKey(role, "");
        var ids = new List<string>();
        await foreach (var row in _rows.ListAsync(UserRows.MemberKind(role), cancellationToken))
        {
            ids.Add(row[prefix.Length..]);
        }

        var users = await ReadManyAsync(ids, cancellationToken);
        return [.. users.Where(user => user.Roles.Contains(role))];
    }

    /// <inheritdoc/>
    public Task<IList<Claim>> GetClaimsAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<Claim>>([.. NotNull(user).Claims]);

    /// <inheritdoc/>
    public Task AddClaimsAsync(BankUser user, IEnumerable<Claim> claims, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claims);
        foreach (var claim in claims)
        {
            NotNull(user).Claims.Add(claim);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ReplaceClaimAsync(BankUser user, Claim claim, Claim newClaim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(newClaim);
        for (var i = 0; i < NotNull(user).Claims.Count; i++)
        {
            if (Same(user.Claims[i], claim))
            {
                user.Claims[i] = newClaim;
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveClaimsAsync(BankUser user, IEnumerable<Claim> claims, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claims);
        foreach (var claim in claims)
        {
            for (var i = NotNull(user).Claims.Count - 1; i >= 0; i--)
            {
                if (Same(user.Claims[i], claim))
                {
                    user.Claims.RemoveAt(i);
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Finds users by claim. Reads every user, because claims are encrypted and cannot be searched. For rare administrative
    /// use.</summary>
    /// <inheritdoc/>
    public async Task<IList<BankUser>> GetUsersForClaimAsync(Claim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var ids = new List<string>();
        await foreach (var id in _rows.ListAsync(BankUserMapper.Kind, cancellationToken))
        {
            ids.Add(id);
        }

        var users = await ReadManyAsync(ids, cancellationToken);
        return [.. users.Where(user => user.Claims.Any(own => Same(own, claim)))];
    }

    /// <inheritdoc/>
    public Task AddLoginAsync(BankUser user, UserLoginInfo login, CancellationToken cancellationToken)
    {
        NotNull(user).Logins.Add(login);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task RemoveLoginAsync(BankUser user, string loginProvider, string providerKey, CancellationToken cancellationToken)
    {
        for (var i = NotNull(user).Logins.Count - 1; i >= 0; i--)
        {
            if (string.Equals(user.Logins[i].LoginProvider, loginProvider, StringComparison.Ordinal)
                && string.Equals(user.Logins[i].ProviderKey, providerKey, StringComparison.Ordinal))
            {
                user.Logins.RemoveAt(i);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IList<UserLoginInfo>> GetLoginsAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserLoginInfo>>([.. NotNull(user).Logins]);

    /// <inheritdoc/>
    public async Task<BankUser?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken)
    {
        var owner = await _rows.ResolveAsync(
            await _rows.ExternalKeyAsync(loginProvider, providerKey, cancellationToken), cancellationToken);
        return owner is null ? null : await FindByIdAsync(owner, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task SetTokenAsync(BankUser user, string loginProvider, string name, string? value, CancellationToken cancellationToken)
    {
        await RemoveTokenAsync(user, loginProvider, name, cancellationToken);
        user.Tokens.Add(new BankUserToken(loginProvider, name, value));
    }

    /// <inheritdoc/>
    public Task RemoveTokenAsync(BankUser user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        if (FindToken(user, loginProvider, name) is { } token)
        {
            user.Tokens.Remove(token);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetTokenAsync(BankUser user, string loginProvider, string name, CancellationToken cancellationToken) =>
        Task.FromResult(FindToken(user, loginProvider, name)?.Value);

    private static BankUserToken? FindToken(BankUser user, string provider, string name) => NotNull(user).Tokens.FirstOrDefault(token =>
        string.Equals(token.Provider, provider, StringComparison.Ordinal) && string.Equals(token.Name, name, StringComparison.Ordinal));

    private static bool Same(Claim left, Claim right) =>
        string.Equals(left.Type, right.Type, StringComparison.Ordinal) && string.Equals(left.Value, right.Value, StringComparison.Ordinal);

    private async Task<List<BankUser>> ReadManyAsync(IEnumerable<string> ids, CancellationToken ct)
    {
        var items = await _rows.GetManyAsync(ids, projection: null, ct);
        return [.. items.Where(IsUser).Select(_mapper.Read).OrderBy(user => user.Id, StringComparer.Ordinal)];
    }
}
