using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// The framework's user manager with stricter rules: every comparison of a secret is counted before it is made, lockouts use the given
/// clock, recovery codes are redeemed in the store, and a password reset ends all sessions.
/// </summary>
public sealed class BankUserManager : UserManager<BankUser>
{
    private readonly DynamoUserStore _store;
    private readonly ISessionRegistry _sessions;
    private readonly PasswordHashGate _hashing;
    private readonly SecurityEventReporter _events;
    private readonly KnownDevices _devices;
    private readonly TimeProvider _time;
    private readonly IdentityErrorDescriber _describer;

    internal BankUserManager(
        DynamoUserStore store,
        IOptions<IdentityOptions> options,
        IPasswordHasher<BankUser> hasher,
        IEnumerable<IUserValidator<BankUser>> userValidators,
        IEnumerable<IPasswordValidator<BankUser>> passwordValidators,
        ILookupNormalizer normalizer,
        IdentityErrorDescriber errors,
        IServiceProvider services,
        ILogger<UserManager<BankUser>> logger,
        ISessionRegistry sessions,
        PasswordHashGate hashing,
        SecurityEventReporter events,
        KnownDevices devices,
        TimeProvider time)
        : base(store, options, hasher, userValidators, passwordValidators, normalizer, errors, services, logger)
    {
        _store = store;
        _sessions = sessions;
        _hashing = hashing;
        _events = events;
        _devices = devices;
        _time = time;
        _describer = errors;
    }

    /// <summary>Creates the user; the e-mail address becomes the user name when none is set.</summary>
    /// <inheritdoc/>
    public override Task<IdentityResult> CreateAsync(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.UserName.Length == 0)
        {
            user.UserName = user.Email ?? "";
        }

        user.LockoutEnabled = Options.Lockout.AllowedForNewUsers;
        return base.CreateAsync(user);
    }

    /// <summary>Creates the user with a password. The hash waits for its turn.</summary>
    /// <inheritdoc/>
    /// <exception cref="PasswordHashingBusyException">Too many passwords are waiting to be hashed; nothing was stored.</exception>
    public override async Task<IdentityResult> CreateAsync(BankUser user, string password)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(password);
        var result = await UpdatePasswordHash(user, password, validatePassword: true);
        return result.Succeeded ? await CreateAsync(user) : result;
    }

    /// <summary>Gives a password to a user who has none. The hash waits for its turn.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> AddPasswordAsync(BankUser user, string password)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        if (user.PasswordHash is not null)
        {
            return IdentityResult.Failed(_describer.UserAlreadyHasPassword());
        }

        var result = await UpdatePasswordHash(user, password, validatePassword: true);
        return result.Succeeded ? await UpdateUserAsync(user) : result;
    }

    /// <summary>Deletes the user and ends every session.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> DeleteAsync(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var result = await base.DeleteAsync(user);
        if (result.Succeeded)
        {
            await _sessions.EndAllAsync(user.Id, SessionEndReason.Ended, CancellationToken);
        }

        return result;
    }

    /// <summary>Gives a role and ends every session of the user: nobody goes on with other roles than they signed in with.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> AddToRoleAsync(BankUser user, string role) =>
        await AfterRoleChangeAsync(user, await base.AddToRoleAsync(user, role));

    /// <summary>Gives roles and ends every session of the user.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> AddToRolesAsync(BankUser user, IEnumerable<string> roles) =>
        await AfterRoleChangeAsync(user, await base.AddToRolesAsync(user, roles));

    /// <summary>Takes a role away and ends every session of the user.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> RemoveFromRoleAsync(BankUser user, string role) =>
        await AfterRoleChangeAsync(user, await base.RemoveFromRoleAsync(user, role));

    /// <summary>Takes roles away and ends every session of the user.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> RemoveFromRolesAsync(BankUser user, IEnumerable<string> roles) =>
        await AfterRoleChangeAsync(user, await base.RemoveFromRolesAsync(user, roles));

    /// <summary>Compares a password. Counts as an attempt; <see langword="false"/> during a lockout, whatever the password.</summary>
    /// <inheritdoc/>
    public override async Task<bool> CheckPasswordAsync(BankUser user, string password)
    {
        ThrowIfDisposed();
        if (user is null)
        {
            return false;
        }

        var (outcome, attempt) = await TryPasswordAsync(user, password);
        await using (attempt)
        {
            return await EndedRightAsync(user, outcome, attempt);
        }
    }

    /// <summary>Changes the password. A wrong current password counts as a failed attempt; refused during a lockout.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> ChangePasswordAsync(BankUser user, string currentPassword, string newPassword)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        if (!await CheckPasswordAsync(user, currentPassword))
        {
            return IdentityResult.Failed(_describer.PasswordMismatch());
        }

        var result = await UpdatePasswordHash(user, newPassword, validatePassword: true);
        return result.Succeeded ? await UpdateUserAsync(user) : result;
    }

    /// <summary>
    /// Resets the password with a token and ends every session of the user. Does not end a lockout: the person can wait, but a guesser
    /// must. Refused while the bank blocks signing in.
    /// </summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> ResetPasswordAsync(BankUser user, string token, string newPassword)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.BlockedAt is not null)
        {
            return IdentityResult.Failed(_describer.InvalidToken());
        }

        var result = await base.ResetPasswordAsync(user, token, newPassword);
        if (result.Succeeded)
        {
            await _sessions.EndAllAsync(user.Id, SessionEndReason.SecurityChanged, CancellationToken);
        }

        return result;
    }

    /// <summary>Verifies a code. With the second factor turned on, counts as an attempt; <see langword="false"/> during a lockout,
    /// whatever the code.</summary>
    /// <inheritdoc/>
    public override async Task<bool> VerifyTwoFactorTokenAsync(BankUser user, string tokenProvider, string token)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        if (!user.TwoFactorEnabled)
        {
            return await base.VerifyTwoFactorTokenAsync(user, tokenProvider, token);
        }

        var (outcome, attempt) = await TryCodeAsync(user, tokenProvider, token);
        await using (attempt)
        {
            return await EndedRightAsync(user, outcome, attempt);
        }
    }

    /// <summary>Redeems a recovery code: when several requests present the same code, exactly one succeeds. Counts as an attempt; refused
    /// during a lockout.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> RedeemTwoFactorRecoveryCodeAsync(BankUser user, string code)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        var (outcome, attempt) = await TryRecoveryCodeAsync(user, code);
        await using (attempt)
        {
            return await EndedRightAsync(user, outcome, attempt)
                ? IdentityResult.Success
                : IdentityResult.Failed(_describer.RecoveryCodeRedemptionFailed());
        }
    }

    /// <summary>
    /// Returns whether the user is locked out, as of the last read or attempt, by the given clock. A known device is locked by attempts
    /// made on it only.
    /// </summary>
    /// <inheritdoc/>
    public override Task<bool> IsLockedOutAsync(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(IsLocked(user));
    }

    /// <summary>Counts a failed attempt atomically in the store, and starts a lockout at the limit.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> AccessFailedAsync(BankUser user)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        await using var attempt = await BeginAttemptAsync(user);
        await _store.FailAttemptAsync(user, attempt);
        return IdentityResult.Success;
    }

    /// <summary>Resets the count of failed attempts atomically. Does not end a lockout.</summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> ResetAccessFailedCountAsync(BankUser user)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        await _store.ResetAccessFailedCountAsync(user, CancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>
    /// Adds a passkey, which changes the security stamp as every change of credentials does; of a known one, stores the name. Refused
    /// beyond <see cref="PasskeyRule.MostPasskeys"/>, and for a passkey that somebody has already.
    /// </summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> AddOrUpdatePasskeyAsync(BankUser user, UserPasskeyInfo passkey)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(passkey);
        if (await _store.FindPasskeyAsync(user, passkey.CredentialId, CancellationToken) is not null)
        {
            await _store.AddOrUpdatePasskeyAsync(user, passkey, CancellationToken);
            return IdentityResult.Success;
        }

        if (user.PasskeyRows.Count >= PasskeyRule.MostPasskeys)
        {
            return IdentityResult.Failed(PasskeyErrors.TooMany);
        }

        await _store.SetSecurityStampAsync(user, DerivedId.Random(), CancellationToken);
        return await base.AddOrUpdatePasskeyAsync(user, passkey);
    }

    /// <summary>
    /// Removes a passkey, which changes the security stamp. Refused when the person would be left without any second factor.
    /// </summary>
    /// <inheritdoc/>
    public override async Task<IdentityResult> RemovePasskeyAsync(BankUser user, byte[] credentialId)
    {
        ThrowIfDisposed();
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(credentialId);
        if (await _store.FindPasskeyAsync(user, credentialId, CancellationToken) is null)
        {
            return IdentityResult.Failed(PasskeyErrors.Unknown);
        }

        if (!user.TwoFactorEnabled && user.PasskeyRows.Count == 1)
        {
            return IdentityResult.Failed(PasskeyErrors.LastSecondFactor);
        }

        await _store.SetSecurityStampAsync(user, DerivedId.Random(), CancellationToken);
        return await base.RemovePasskeyAsync(user, credentialId);
    }

    /// <summary>Lists the person's passkeys, the oldest first.</summary>
    public Task<IReadOnlyList<BankPasskey>> ListPasskeysAsync(BankUser user) => _store.ListPasskeysAsync(user, CancellationToken);

    /// <summary>Finds one of the person's passkeys by the id that addresses carry.</summary>
    public Task<BankPasskey?> FindPasskeyAsync(BankUser user, string id) => _store.FindPasskeyByIdAsync(user, id, CancellationToken);

    internal bool IsLocked(BankUser user)
    {
        var end = _devices.RowOf(user) is null || _store.IsLockedByStaff(user) ? user.LockoutEnd : user.DeviceLockEnd;
        return user.LockoutEnabled && end > _time.GetUtcNow();
    }

    /// <summary>Makes an attempt at the password; a matching hash with fewer iterations than configured is replaced.</summary>
    /// <returns>The outcome and the attempt, which the caller ends if it was right, and always disposes.</returns>
    internal async Task<(AttemptOutcome Outcome, SignInAttempt Attempt)> TryPasswordAsync(BankUser user, string password)
    {
        // The place in the row comes before the turn at hashing: attempts that wait for others of the same person keep nobody else from
        // hashing. Nothing that has a turn waits for a place, so the two never wait for each other. Who is refused because too many wait
        // has made no attempt: the place is given back.
        _hashing.ThrowIfFull();
        return await TryAsync(user, compareWhenRefused: true, async isAllowed =>
        {
            PasswordVerificationResult verified;
            string? newHash = null;
            using (var turn = await _hashing.EnterAsync())
            {
                verified = await turn.RunAsync(() => user.PasswordHash is { } hash
                    ? PasswordHasher.VerifyHashedPassword(user, hash, password)
                    : PasswordVerificationResult.Failed);
                if (isAllowed && verified is PasswordVerificationResult.SuccessRehashNeeded)
                {
                    newHash = await turn.RunAsync(() => PasswordHasher.HashPassword(user, password));
                }
            }

            if (newHash is not null)
            {
                // The security stamp stays, because the password is the same. When this update loses a race, the next sign-in tries again.
                user.PasswordHash = newHash;
                await _store.UpdateAsync(user, CancellationToken);
            }

            return verified is not PasswordVerificationResult.Failed;
        });
    }

    /// <summary>Makes an attempt at a code.</summary>
    /// <inheritdoc cref="TryPasswordAsync"/>
    internal Task<(AttemptOutcome Outcome, SignInAttempt Attempt)> TryCodeAsync(BankUser user, string provider, string code) =>
        TryAsync(user, compareWhenRefused: false, _ => base.VerifyTwoFactorTokenAsync(user, provider, code));

    /// <summary>Makes an attempt at a recovery code, which is used up if it is right.</summary>
    /// <inheritdoc cref="TryPasswordAsync"/>
    internal Task<(AttemptOutcome Outcome, SignInAttempt Attempt)> TryRecoveryCodeAsync(BankUser user, string code) =>
        TryAsync(user, compareWhenRefused: false, _ => _store.RedeemCodeAsync(user, code, CancellationToken));

    /// <summary>Begins an attempt on the row of this device, if it is known, or on the user's own.</summary>
    internal Task<SignInAttempt> BeginAttemptAsync(BankUser user) =>
        _store.BeginAttemptAsync(user, _devices.RowOf(user), CancellationToken);

    /// <summary>Sets the hash of a new password, which waits for its turn, and a new security stamp. Does not store the user.</summary>
    /// <inheritdoc/>
    protected override async Task<IdentityResult> UpdatePasswordHash(BankUser user, string newPassword, bool validatePassword)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (validatePassword && await ValidatePasswordAsync(user, newPassword) is { Succeeded: false } refused)
        {
            return refused;
        }

        using (var turn = await _hashing.EnterAsync())
        {
            user.PasswordHash = await turn.RunAsync(() => PasswordHasher.HashPassword(user, newPassword));
        }

        await _store.SetSecurityStampAsync(user, DerivedId.Random(), CancellationToken);
        return IdentityResult.Success;
    }

    /// <inheritdoc/>
    protected override string CreateTwoFactorRecoveryCode() => RecoveryCode.New();

    // The security stamp has changed with the roles, so the sessions are invalid already; ending them tells their open tabs at once.
    private async Task<IdentityResult> AfterRoleChangeAsync(BankUser user, IdentityResult result)
    {
        if (result.Succeeded)
        {
            await _sessions.EndAllAsync(user.Id, SessionEndReason.SecurityChanged, CancellationToken);
        }

        return result;
    }

    // With a password, refused attempts compare too, so that a locked-out user takes as long as any other.
    private async Task<(AttemptOutcome Outcome, SignInAttempt Attempt)> TryAsync(
        BankUser user, bool compareWhenRefused, Func<bool, Task<bool>> compareAsync)
    {
        var attempt = await BeginAttemptAsync(user);
        try
        {
            var isRight = (attempt.IsAllowed || compareWhenRefused) && await compareAsync(attempt.IsAllowed);
            if (!attempt.IsAllowed)
            {
                return (AttemptOutcome.Locked, attempt);
            }

            if (isRight)
            {
                return (AttemptOutcome.Right, attempt);
            }

            await _store.FailAttemptAsync(user, attempt);
            return (attempt.IsLocked ? AttemptOutcome.Locked : AttemptOutcome.Wrong, attempt);
        }
        catch
        {
            // Nothing was answered, so nothing was learned: the attempt is given back.
            await attempt.DisposeAsync();
            throw;
        }
    }

    // A sign-in does not come this way; see BankSignInManager.
    private async Task<bool> EndedRightAsync(BankUser user, AttemptOutcome outcome, SignInAttempt attempt)
    {
        if (outcome is AttemptOutcome.Right)
        {
            await _store.SucceedAttemptAsync(user, attempt, clear: false);
        }

        _events.Report(SecurityEventKind.StepUp, outcome.ToSecurityOutcome(), user.Id);
        return outcome is AttemptOutcome.Right;
    }
}
