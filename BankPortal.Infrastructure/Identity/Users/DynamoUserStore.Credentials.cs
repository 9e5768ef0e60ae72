using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <content>Passwords, stamps, lockout, second factor.</content>
public sealed partial class DynamoUserStore :
    IUserPasswordStore<BankUser>,
    IUserSecurityStampStore<BankUser>,
    IUserLockoutStore<BankUser>,
    IUserTwoFactorStore<BankUser>,
    IUserAuthenticatorKeyStore<BankUser>,
    IUserTwoFactorRecoveryCodeStore<BankUser>
{
    /// <inheritdoc/>
    public Task SetPasswordHashAsync(BankUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        NotNull(user).PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetPasswordHashAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).PasswordHash);

    /// <inheritdoc/>
    public Task<bool> HasPasswordAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).PasswordHash is not null);

    /// <inheritdoc/>
    public Task SetSecurityStampAsync(BankUser user, string stamp, CancellationToken cancellationToken)
    {
        // The framework renews the stamp whenever credentials change. Setting up a new user does not count as a change.
        var now = _time.GetUtcNow();
        if (NotNull(user).SecurityStamp.Length > 0 && user.CreatedAt != default && now - user.CreatedAt > SettingUp)
        {
            user.SecurityChangedAt = now;
        }

        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetSecurityStampAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(NotNull(user).SecurityStamp);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetLockoutEndDateAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).LockoutEnd);

    /// <inheritdoc/>
    public Task SetLockoutEndDateAsync(BankUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        NotNull(user).LockoutEnd = lockoutEnd;
        return Task.CompletedTask;
    }

    /// <summary>Increments the stored count at once, independent of other changes to the user object.</summary>
    /// <inheritdoc/>
    public async Task<int> IncrementAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken)
    {
        if (NotNull(user).Stored is null)
        {
            return ++user.AccessFailedCount;
        }

        NoteCounter(user, await _counter.IncrementAsync(user.Id, cancellationToken), user.LockoutEnd);
        return user.AccessFailedCount;
    }

    /// <summary>Resets the stored count to zero at once.</summary>
    /// <inheritdoc/>
    public async Task ResetAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken)
    {
        if (NotNull(user).Stored is not null)
        {
            await _counter.ResetAsync(user.Id, cancellationToken);
        }

        NoteCounter(user, 0, user.LockoutEnd);
    }

    /// <inheritdoc/>
    public Task<int> GetAccessFailedCountAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).AccessFailedCount);

    /// <inheritdoc/>
    public Task<bool> GetLockoutEnabledAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).LockoutEnabled);

    /// <inheritdoc/>
    public Task SetLockoutEnabledAsync(BankUser user, bool enabled, CancellationToken cancellationToken)
    {
        NotNull(user).LockoutEnabled = enabled;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SetTwoFactorEnabledAsync(BankUser user, bool enabled, CancellationToken cancellationToken)
    {
        NotNull(user).TwoFactorEnabled = enabled;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<bool> GetTwoFactorEnabledAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).TwoFactorEnabled);

    /// <inheritdoc/>
    public Task SetAuthenticatorKeyAsync(BankUser user, string key, CancellationToken cancellationToken)
    {
        NotNull(user).AuthenticatorKey = key;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<string?> GetAuthenticatorKeyAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).AuthenticatorKey);

    /// <inheritdoc/>
    public async Task ReplaceCodesAsync(BankUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recoveryCodes);
        NotNull(user).RecoveryCodes.Clear();
        foreach (var code in recoveryCodes)
        {
            user.RecoveryCodes.Add(await HashCodeAsync(user, code, cancellationToken));
        }

        user.RecoveryCodesReplaced = true;
    }

    /// <summary>Redeems a recovery code in the stored row at once: when several requests present the same code, exactly one
    /// succeeds.</summary>
    /// <inheritdoc/>
    public async Task<bool> RedeemCodeAsync(BankUser user, string code, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(code);
        var hash = await HashCodeAsync(NotNull(user), code, cancellationToken);
        var redeemed = await _rows.UpdateAsync(
            user.Id,
            "DELETE recovery_codes :set",
            "contains(recovery_codes, :hash)",
            new(StringComparer.Ordinal) { [":hash"] = Attr.S(hash), [":set"] = new() { SS = [hash] } },
            cancellationToken);
        user.RecoveryCodes.Remove(hash);
        return redeemed is not null;
    }

    /// <inheritdoc/>
    public Task<int> CountCodesAsync(BankUser user, CancellationToken cancellationToken) =>
        Task.FromResult(NotNull(user).RecoveryCodes.Count);

    /// <summary>Marks a TOTP step as used.</summary>
    /// <returns><see langword="false"/> when this step or a later one was used before.</returns>
    internal async Task<bool> TryUseTotpStepAsync(string userId, long step, CancellationToken ct) =>
        await _rows.UpdateAsync(
            userId,
            "SET last_totp_step = :step",
            "attribute_exists(user_id) AND (attribute_not_exists(last_totp_step) OR last_totp_step < :step)",
            new(StringComparer.Ordinal) { [":step"] = Attr.N(step) },
            ct) is not null;

    /// <summary>Counts an attempt on the user before the secret is compared.</summary>
    internal async Task<SignInAttempt> BeginAttemptAsync(BankUser user, CancellationToken ct)
    {
        if (!user.LockoutEnabled || user.Stored is null)
        {
            return SignInAttempt.Uncounted(user.Id);
        }

        var attempt = await _counter.BeginAsync(user.Id, isPhantom: false, ct);
        if ((attempt.Lock ?? attempt.LockedUntil) is { } end)
        {
            NoteCounter(user, 0, end);
        }
        else if (attempt.IsAllowed)
        {
            NoteCounter(user, attempt.Count, user.LockoutEnd);
        }

        return attempt;
    }

    /// <summary>Counts an attempt on an unknown address.</summary>
    internal Task<SignInAttempt> BeginPhantomAttemptAsync(string counterRow, CancellationToken ct) =>
        _counter.BeginAsync(counterRow, isPhantom: true, ct);

    /// <summary>Removes a successful attempt from the count; see <see cref="SignInCounter.SucceedAsync"/>.</summary>
    internal async Task SucceedAttemptAsync(BankUser user, SignInAttempt attempt, bool clear, CancellationToken ct)
    {
        await _counter.SucceedAsync(attempt, clear, ct);
        if (attempt.Count > 0)
        {
            NoteCounter(user, clear ? 0 : attempt.Count - 1, attempt.Lock is null ? user.LockoutEnd : null);
        }
    }

    // The counters are already stored, so a later update of the user must not treat them as changes.
    private static void NoteCounter(BankUser user, int count, DateTimeOffset? lockoutEnd)
    {
        user.AccessFailedCount = count;
        user.LockoutEnd = lockoutEnd;
        if (user.Stored is { } stored)
        {
            user.Stored = stored with { AccessFailedCount = count, LockoutEnd = lockoutEnd };
        }
    }

    private ValueTask<string> HashCodeAsync(BankUser user, string code, CancellationToken ct) =>
        _hasher.HashAsync(ct, "recovery", user.Id, RecoveryCode.Normalize(code));
}
