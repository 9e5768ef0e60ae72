using System.ComponentModel.DataAnnotations;
using BankPortal.Core.Administration.Users;
using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Administration.Users;

/// <summary>Changes users through the user manager, so that stamps, events and unique rows follow as with the person's own changes.
/// Thread-safe.</summary>
public sealed class UserAdministration(IServiceScopeFactory scopes, ISessionRegistry sessions) : IUserAdministration
{
    // Tries when the person or a colleague changes the same user at the same moment.
    private const int Tries = 5;

    /// <inheritdoc/>
    public Task<bool> UnlockAsync(string userId, CancellationToken ct = default) => ChangeAsync(
        userId,
        async (users, user) =>
        {
            await users.ResetAccessFailedCountAsync(user);
            return await users.SetLockoutEndDateAsync(user, null);
        },
        ct);

    /// <inheritdoc/>
    public Task<int> EndSessionsAsync(string userId, CancellationToken ct = default) =>
        sessions.EndAllAsync(userId, SessionEndReason.Ended, ct);

    /// <inheritdoc/>
    public Task<bool> RemovePasswordAsync(string userId, CancellationToken ct = default) => ChangeAndEndAsync(
        userId,
        (users, user) =>
        {
            user.PasswordHash = null;
            return users.UpdateSecurityStampAsync(user);
        },
        ct);

    /// <inheritdoc/>
    public Task<bool> RemoveSecondFactorAsync(string userId, CancellationToken ct = default) => ChangeAndEndAsync(
        userId,
        (users, user) =>
        {
            user.TwoFactorEnabled = false;
            user.AuthenticatorKey = null;
            user.RecoveryCodes.Clear();
            user.RecoveryCodesReplaced = true;
            user.PasskeyRows.Clear();
            user.NewPasskeys.Clear();
            return users.UpdateSecurityStampAsync(user);
        },
        ct);

    /// <inheritdoc/>
    public Task<bool> SetStaffRolesAsync(string userId, IReadOnlyCollection<string> roles, CancellationToken ct = default) =>
        ChangeAndEndAsync(
            userId,
            (users, user) =>
            {
                user.Roles.ExceptWith(BankRoles.Staff);
                user.Roles.UnionWith(roles.Where(BankRoles.Staff.Contains));
                return users.UpdateSecurityStampAsync(user);
            },
            ct);

    /// <inheritdoc/>
    public async Task<Result<string>> CreateAsync(string email, string name, CancellationToken ct = default)
    {
        var (address, full) = (TextInput.Clean(email), TextInput.Clean(name));
        if (!new EmailAddressAttribute().IsValid(address))
        {
            return new InvalidInputError("email", "Enter an e-mail address such as name@example.com.");
        }

        if (full.Length is 0 or > PersonName.MaxLength)
        {
            return new InvalidInputError("name", "Enter the full name.");
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<BankUserManager>();
        var user = new BankUser { Email = address, UserName = address, FullName = full };
        var created = await users.CreateAsync(user);
        return created.Succeeded
            ? user.Id
            : new InvalidInputError("email", string.Join(" ", created.Errors.Select(error => error.Description)));
    }

    private async Task<bool> ChangeAndEndAsync(
        string userId, Func<BankUserManager, BankUser, Task<IdentityResult>> change, CancellationToken ct)
    {
        var changed = await ChangeAsync(userId, change, ct);
        await sessions.EndAllAsync(userId, SessionEndReason.SecurityChanged, CancellationToken.None);
        return changed;
    }

    private async Task<bool> ChangeAsync(
        string userId, Func<BankUserManager, BankUser, Task<IdentityResult>> change, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<BankUserManager>();
            if (await users.FindByIdAsync(userId) is not { } user)
            {
                return false;
            }

            var result = await change(users, user);
            if (result.Succeeded)
            {
                return true;
            }

            if (attempt == Tries - 1)
            {
                throw new InvalidOperationException("A user could not be changed: " + string.Join(" ", result.Errors.Select(error => error.Code)));
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }
}
