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
    // The most used TOTP steps kept in the row; half of them stay when there are more. Each takes ten bytes or so.
    private const int MostTotpSteps = 32;

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
        Task.FromResult(NotNull(user).SecurityStamp is { Length: > 0 } stamp ? stamp : null);

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

        NoteCounter(user, CountOf(user) with { Failed = await _counter.IncrementAsync(user.Id, cancellationToken) });
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

        NoteCounter(user, CountOf(user) with { Failed = 0 });
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

    /// <summary>
    /// Marks a TOTP step as used. The steps used last are kept one by one, so that a clock that was set back locks nobody out: a step
    /// before the last one used is accepted if it was not used itself. Steps before those kept are refused.
    /// </summary>
    /// <returns><see langword="false"/> when this step was used before, or is too old to know.</returns>
    internal async Task<bool> TryUseTotpStepAsync(string userId, long step, CancellationToken ct)
    {
        var text = step.ToString(CultureInfo.InvariantCulture);
        var used = await _rows.UpdateAsync(
            userId,
            "ADD totp_steps :set",
            "attribute_exists(user_id) AND (attribute_not_exists(last_totp_step) OR last_totp_step < :step) "
                + "AND (attribute_not_exists(totp_steps) OR NOT contains(totp_steps, :text))",
            new(StringComparer.Ordinal)
            {
                [":set"] = new() { SS = [text] }, [":step"] = Attr.N(step), [":text"] = Attr.S(text),
            },
            ct);
        if (used is null)
        {
            return false;
        }

        long[] kept = [.. (used.TryGetValue("totp_steps", out var set) ? set.SS ?? [] : [])
            .Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))
            .Order()];
        if (kept.Length > MostTotpSteps)
        {
            long[] old = [.. kept.Take(kept.Length - (MostTotpSteps / 2))];
            await _rows.UpdateAsync(
                userId,
                "SET last_totp_step = :floor DELETE totp_steps :old",
                "attribute_exists(user_id) AND (attribute_not_exists(last_totp_step) OR last_totp_step < :floor)",
                new(StringComparer.Ordinal)
                {
                    [":floor"] = Attr.N(old[^1]),
                    [":old"] = new() { SS = [.. old.Select(number => number.ToString(CultureInfo.InvariantCulture))] },
                },
                ct);
        }

        return true;
    }

    /// <summary>
    /// Begins an attempt of the user before the secret is compared; see <see cref="SignInCounter"/>. From a known device, it is counted
    /// on that device's row, and only a lock that staff have set refuses it besides that row's own.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="deviceRow">The row of the known device; <see langword="null"/> for an unknown one.</param>
    /// <param name="ct">Stops waiting.</param>
    internal async Task<SignInAttempt> BeginAttemptAsync(BankUser user, string? deviceRow, CancellationToken ct)
    {
        if (!user.LockoutEnabled || user.Stored is not { } stored)
        {
            return SignInAttempt.Uncounted(user.Id);
        }

        if (deviceRow is not null)
        {
            if (IsLockedByStaff(user))
            {
                user.DeviceLockEnd = user.LockoutEnd;
                return SignInAttempt.Refused(deviceRow, user.LockoutEnd);
            }

            var onDevice = await _counter.BeginAsync(deviceRow, expires: true, SignInCount.None, ct);
            user.DeviceLockEnd = onDevice.LockedUntil;
            return onDevice;
        }

        var known = new SignInCount(stored.AccessFailedCount, stored.FailuresCleared, stored.LockoutEnd);
        var attempt = await _counter.BeginAsync(user.Id, expires: false, known, ct);
        NoteCounter(
            user, attempt.IsAllowed ? attempt.Before : known with { LockedUntil = attempt.LockedUntil ?? known.LockedUntil });
        return attempt;
    }

    /// <summary>Begins an attempt at an unknown address.</summary>
    internal Task<SignInAttempt> BeginPhantomAttemptAsync(string counterRow, SignInCount known, CancellationToken ct) =>
        _counter.BeginAsync(counterRow, expires: true, known, ct);

    /// <summary>Ends an attempt as wrong; see <see cref="SignInCounter.FailAsync"/>.</summary>
    internal async Task FailAttemptAsync(BankUser? user, SignInAttempt attempt)
    {
        if (attempt.IsOver)
        {
            return;
        }

        await _counter.FailAsync(attempt);
        if (user is null)
        {
            return;
        }

        if (attempt.Expires)
        {
            user.DeviceLockEnd = attempt.LockedUntil;
        }
        else
        {
            NoteCounter(user, attempt.Before with
            {
                Failed = attempt.Failed,
                Cleared = attempt.LockedUntil is null ? attempt.Before.Cleared : attempt.Before.Cleared + attempt.Before.Failed + 1,
                LockedUntil = attempt.LockedUntil ?? attempt.Before.LockedUntil,
            });
            user.TriesLockEnd = attempt.LockedUntil ?? user.TriesLockEnd;
        }
    }

    /// <summary>Ends an attempt as right; see <see cref="SignInCounter.SucceedAsync"/>.</summary>
    internal async Task SucceedAttemptAsync(BankUser user, SignInAttempt attempt, bool clear)
    {
        if (attempt.IsOver)
        {
            return;
        }

        await _counter.SucceedAsync(attempt, clear);
        if (clear && !attempt.Expires)
        {
            var before = attempt.Before;
            NoteCounter(user, before with { Failed = 0, Cleared = before.Cleared + before.Failed });
        }
    }

    /// <summary>Whether a lock holds that wrong attempts did not begin, as of the last read.</summary>
    internal bool IsLockedByStaff(BankUser user) => user.LockoutEnd > _time.GetUtcNow() && user.LockoutEnd != user.TriesLockEnd;

    private static SignInCount CountOf(BankUser user) =>
        new(user.AccessFailedCount, user.Stored?.FailuresCleared ?? 0, user.LockoutEnd);

    // The counters are already stored, so a later update of the user must not treat them as changes.
    private static void NoteCounter(BankUser user, SignInCount count)
    {
        user.AccessFailedCount = count.Failed;
        user.LockoutEnd = count.LockedUntil;
        if (user.Stored is { } stored)
        {
            user.Stored = stored with
            {
                AccessFailedCount = count.Failed,
                FailuresCleared = count.Cleared,
                LockoutEnd = count.LockedUntil,
            };
        }
    }

    private ValueTask<string> HashCodeAsync(BankUser user, string code, CancellationToken ct) =>
        _hasher.HashAsync(ct, "recovery", user.Id, RecoveryCode.Normalize(code));
}
