using System.Security.Claims;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Signs people in. An unknown address costs the same reads, the same counting write and the same hashing as a known one, and gives the
/// same answers. Each sign-in gets a new session; a session never passes from one person to another.
/// </summary>
public sealed partial class BankSignInManager : SignInManager<BankUser>
{
    private readonly DynamoUserStore _store;
    private readonly FirstAdmin _firstAdmin;
    private readonly DecoyPassword _decoy;
    private readonly PasswordHashGate _hashing;
    private readonly SecurityEventReporter _events;
    private readonly IAuthenticationSchemeProvider _schemes;
    private readonly KnownDevices _devices;
    private readonly HalfWaySignIns _halfWay;
    private readonly IPasskeyHandler<BankUser> _passkeys;
    private readonly PasskeyChallenges _challenges;
    private bool _startNewSession;
    private (BankUser? User, AuthenticationProperties? Cookie)? _waiting;

    // The name or address as typed, while a password is checked for it; only its hash is reported.
    private string? _typedName;

    internal BankSignInManager(
        BankUserManager users,
        DynamoUserStore store,
        FirstAdmin firstAdmin,
        DecoyPassword decoy,
        PasswordHashGate hashing,
        SecurityEventReporter events,
        IHttpContextAccessor contextAccessor,
        IUserClaimsPrincipalFactory<BankUser> claimsFactory,
        IOptions<IdentityOptions> options,
        ILogger<SignInManager<BankUser>> logger,
        IAuthenticationSchemeProvider schemes,
        IUserConfirmation<BankUser> confirmation,
        KnownDevices devices,
        HalfWaySignIns halfWay,
        IPasskeyHandler<BankUser> passkeys,
        PasskeyChallenges challenges)
        : base(users, contextAccessor, claimsFactory, options, logger, schemes, confirmation)
    {
        _store = store;
        _firstAdmin = firstAdmin;
        _decoy = decoy;
        _hashing = hashing;
        _events = events;
        _schemes = schemes;
        _devices = devices;
        _halfWay = halfWay;
        _passkeys = passkeys;
        _challenges = challenges;
        Users = users;
    }

    private BankUserManager Users { get; }

    private CancellationToken Aborted => Context.RequestAborted;

    /// <summary>
    /// Signs in with an e-mail address and a password. Returns <c>Failed</c> both for a wrong password and for an unknown address, and
    /// <c>LockedOut</c> after five failures of either kind. Returns <c>RequiresTwoFactor</c> and <c>NotAllowed</c> (address not
    /// confirmed) only after the right password.
    /// </summary>
    /// <param name="email">The address as typed.</param>
    /// <param name="password">The password as typed.</param>
    public Task<SignInResult> PasswordSignInByEmailAsync(string email, string password) =>
        SignInByNameAsync(email, password, byEmail: true, isPersistent: false);

    /// <summary>Like <see cref="PasswordSignInByEmailAsync"/>; a name without an at sign is treated as a user name. Failures always
    /// count.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> PasswordSignInAsync(string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        ArgumentNullException.ThrowIfNull(userName);
        return SignInByNameAsync(userName, password, userName.Contains('@', StringComparison.Ordinal), isPersistent);
    }

    /// <summary>Failures always count, whatever <paramref name="lockoutOnFailure"/> says.</summary>
    /// <inheritdoc/>
    public override async Task<SignInResult> PasswordSignInAsync(BankUser user, string password, bool isPersistent, bool lockoutOnFailure)
    {
        var result = await CheckPasswordSignInAsync(user, password, lockoutOnFailure);
        return result.Succeeded ? await SignInOrTwoFactorAsync(user, isPersistent) : result;
    }

    /// <summary>
    /// Compares the password. The attempt is counted before the comparison and refused during a lockout. Success clears the count unless
    /// a second factor is still required. Failures always count, whatever <paramref name="lockoutOnFailure"/> says.
    /// </summary>
    /// <inheritdoc/>
    public override async Task<SignInResult> CheckPasswordSignInAsync(BankUser user, string password, bool lockoutOnFailure)
    {
        ArgumentNullException.ThrowIfNull(user);
        var (outcome, attempt) = await Users.TryPasswordAsync(user, password);
        await using (attempt)
        {
            if (outcome is not AttemptOutcome.Right)
            {
                return await RefusedAsync(SecurityEventKind.SignIn, user, outcome);
            }

            if (user.BlockedAt is not null)
            {
                // The attempt is counted like a wrong one. Only a person who knows the password learns of the block.
                await _store.FailAttemptAsync(user, attempt);
                var blocked = await BlockedAsync(SecurityEventKind.SignIn, user);
                return attempt.IsLocked ? SignInResult.LockedOut : blocked;
            }

            if (!await CanSignInAsync(user))
            {
                // The attempt is counted and can lock, like a wrong password. Otherwise a person who registered someone else's address
                // could tell from the missing lockout that the address had no account before.
                await _store.FailAttemptAsync(user, attempt);
                await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.NotConfirmed, user);
                return attempt.IsLocked ? SignInResult.LockedOut : SignInResult.NotAllowed;
            }

            await _store.SucceedAttemptAsync(user, attempt, clear: !user.HasSecondFactor);
            return SignInResult.Success;
        }
    }

    /// <summary>Completes a sign-in with a code from the authenticator app. Browsers are never remembered.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        TwoFactorSignInAsync(Options.Tokens.AuthenticatorTokenProvider, code, isPersistent, rememberClient);

    /// <summary>Completes a sign-in with a code. Browsers are never remembered.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        CompleteAsync(user => Users.TryCodeAsync(user, provider, code), isPersistent, BankClaims.FactorCode);

    /// <summary>Completes a sign-in with a recovery code, which is then used up. Wrong codes count as failed attempts.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        CompleteAsync(user => Users.TryRecoveryCodeAsync(user, recoveryCode), isPersistent: false, BankClaims.FactorRecoveryCode);

    /// <summary>Checks a code from the authenticator app before a sensitive action of a signed-in person (step-up). Counts as an
    /// attempt.</summary>
    /// <param name="user">The person.</param>
    /// <param name="code">The code as typed.</param>
    public async Task<SignInResult> CheckSecondFactorAsync(BankUser user, string code)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!user.TwoFactorEnabled)
        {
            return SignInResult.NotAllowed;
        }

        var (outcome, attempt) = await Users.TryCodeAsync(user, Options.Tokens.AuthenticatorTokenProvider, code);
        await using (attempt)
        {
            if (outcome is not AttemptOutcome.Right)
            {
                return await RefusedAsync(SecurityEventKind.StepUp, user, outcome);
            }

            await _store.SucceedAttemptAsync(user, attempt, clear: false);
            await ReportAsync(SecurityEventKind.StepUp, SecurityEventOutcome.Succeeded, user);
            return SignInResult.Success;
        }
    }

    /// <summary>
    /// Returns the person whose password was right a moment ago in this browser; <see langword="null"/> when that is too long ago, when
    /// the sign-in was completed, or when the credentials have changed since.
    /// </summary>
    /// <inheritdoc/>
    public override async Task<BankUser?> GetTwoFactorAuthenticationUserAsync() => (await FindHalfWayAsync()).User;

    /// <summary>
    /// Gives the session of this browser a new key after its person has proven something or changed credentials. The old key is dead at
    /// once, so that a copy of the cookie gains nothing; the session, its limits and the open tabs of this browser go on.
    /// </summary>
    /// <param name="user">The person, as stored now.</param>
    /// <param name="proven">
    /// Whether the person has just proven who they are, which then counts as a fresh proof of this session.
    /// </param>
    /// <param name="secondFactor">Whether that was by a second factor, which the session and this browser then are known for.</param>
    /// <param name="factor">The kind of second factor, one of the values of <see cref="BankClaims.Factor"/>.</param>
    /// <returns>
    /// <see langword="false"/> when nobody with that id is signed in here, or the session ended or got another key meanwhile.
    /// </returns>
    public async Task<bool> RenewSessionAsync(
        BankUser user, bool proven = false, bool secondFactor = false, string factor = BankClaims.FactorCode)
    {
        ArgumentNullException.ThrowIfNull(user);
        var current = await Context.AuthenticateAsync(AuthenticationScheme);
        if (!current.Succeeded
            || current.Principal.FindFirstValue(BankClaims.SessionId) is not { } sessionId
            || !string.Equals(current.Principal.FindFirstValue(ClaimTypes.NameIdentifier), user.Id, StringComparison.Ordinal))
        {
            return false;
        }

        var principal = await CreateUserPrincipalAsync(user);
        var identity = principal.Identities.First();
        identity.AddClaims(current.Principal.Claims
            .Where(claim => claim.Type == ClaimTypes.AuthenticationMethod
                || (claim.Type is BankClaims.AuthenticationMethod or BankClaims.Factor && !secondFactor))
            .Select(claim => claim.Clone()));
        if (secondFactor)
        {
            identity.AddClaim(new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor));
            identity.AddClaim(new Claim(BankClaims.Factor, factor));
        }

        var renewal = new SessionRenewal(user.Id, sessionId, BankClaims.KeyNumberOf(current.Principal), proven);
        try
        {
            renewal.Announce(Context);
            await SignInWithNewKeyAsync(principal, new AuthenticationProperties { IsPersistent = current.Properties.IsPersistent });
        }
        catch (SessionKeyLostException)
        {
            SessionKeyLost(Logger, user.Id, sessionId);
            return false;
        }
        finally
        {
            SessionRenewal.Forget(Context);
        }

        if (secondFactor || !user.HasSecondFactor)
        {
            _devices.Remember(user, secondFactor);
        }

        return true;
    }

    /// <summary>
    /// Signs the person in. Another person's session in this browser is ended first. The same person's session continues, unless a
    /// password or code was just verified.
    /// </summary>
    /// <inheritdoc/>
    public override async Task SignInWithClaimsAsync(
        BankUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        ArgumentNullException.ThrowIfNull(user);
        var current = await Context.AuthenticateAsync(AuthenticationScheme);
        var goesOn = !_startNewSession && current.Succeeded
            && string.Equals(current.Principal.FindFirstValue(ClaimTypes.NameIdentifier), user.Id, StringComparison.Ordinal);
        if (!current.Succeeded || goesOn)
        {
            await base.SignInWithClaimsAsync(user, authenticationProperties, additionalClaims);
            return;
        }

        // The session that was read from the cookie ends: an attacker may have planted it (session fixation).
        await Context.SignOutAsync(AuthenticationScheme);
        var principal = await CreateUserPrincipalAsync(user);
        principal.Identities.First().AddClaims(additionalClaims);
        await SignInWithNewKeyAsync(principal, authenticationProperties ?? new AuthenticationProperties());
    }

    // The cookie handler of this request would continue with the key it read from the cookie; a new one sees no cookie.
    private async Task SignInWithNewKeyAsync(ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var scheme = await _schemes.GetSchemeAsync(AuthenticationScheme)
            ?? throw new InvalidOperationException($"There is no authentication scheme '{AuthenticationScheme}'.");
        var handler = ActivatorUtilities.CreateInstance<CookieAuthenticationHandler>(Context.RequestServices);
        var cookies = Context.Request.Cookies;
        Context.Request.Cookies = NoCookies.Instance;
        try
        {
            await handler.InitializeAsync(scheme, Context);
            await handler.SignInAsync(principal, properties);
        }
        finally
        {
            Context.Request.Cookies = cookies;
        }

        // Like the framework's own sign-in: the rest of this request runs as the new user.
        Context.User = principal;
    }

    /// <inheritdoc/>
    protected override async Task<SignInResult> SignInOrTwoFactorAsync(
        BankUser user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.BlockedAt is not null)
        {
            return await BlockedAsync(SecurityEventKind.SignIn, user);
        }

        await _firstAdmin.ClaimByEmailAsync(user, Aborted);
        if (!bypassTwoFactor && await IsTwoFactorEnabledAsync(user))
        {
            // Instead of the framework's own cookie, which could be used again.
            var (principal, properties) = HalfWaySignIns.Begin(user, loginProvider);
            await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, principal, properties);
            _waiting = (user, properties);
            await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.SecondFactorNeeded, user);
            return SignInResult.TwoFactorRequired;
        }

        _startNewSession = true;
        try
        {
            var result = await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
            if (result.Succeeded && !user.HasSecondFactor)
            {
                _devices.Remember(user, secondFactor: false);
            }

            await ReportAsync(
                SecurityEventKind.SignIn,
                result.Succeeded ? SecurityEventOutcome.Succeeded : SecurityEventOutcome.SecondFactorNeeded,
                user);
            return result;
        }
        finally
        {
            _startNewSession = false;
        }
    }

    /// <summary>Whether signing in with the password needs a second factor: a code or a passkey.</summary>
    /// <inheritdoc/>
    public override Task<bool> IsTwoFactorEnabledAsync(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Task.FromResult(user.HasSecondFactor);
    }

    /// <summary>Refuses everybody whose sign-in the bank has blocked, however they sign in (passkey, linked sign-in).</summary>
    /// <inheritdoc/>
    public override async Task<bool> CanSignInAsync(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.BlockedAt is null && await base.CanSignInAsync(user);
    }

    /// <inheritdoc/>
    protected override Task<bool> IsLockedOut(BankUser user) => Task.FromResult(Users.IsLocked(user));

    private async Task<SignInResult> SignInByNameAsync(string name, string password, bool byEmail, bool isPersistent)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        _typedName = name;
        var normalized = (byEmail ? UserManager.NormalizeEmail(name.Trim()) : UserManager.NormalizeName(name.Trim())) ?? "";
        var (user, counterRow, count) = await _store.FindForSignInAsync(normalized, byEmail, Aborted);
        if (user is { PasswordHash: not null })
        {
            return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure: true);
        }

        // A user without a password (imported, for example) cannot sign in with one, and must look like an unknown user.
        // The place comes before the turn, as in BankUserManager.
        _hashing.ThrowIfFull();
        await using var attempt = user is null
            ? await _store.BeginPhantomAttemptAsync(counterRow, count, Aborted)
            : await Users.BeginAttemptAsync(user);
        using (var turn = await _hashing.EnterAsync())
        {
            await turn.RunAsync(() => _decoy.Verify(UserManager.PasswordHasher, password));
        }

        await _store.FailAttemptAsync(user, attempt);
        await ReportAsync(SecurityEventKind.SignIn, attempt.IsLocked ? SecurityEventOutcome.Locked : SecurityEventOutcome.Failed, user);
        return attempt.IsLocked ? SignInResult.LockedOut : SignInResult.Failed;
    }

    private async Task<SignInResult> CompleteAsync(
        Func<BankUser, Task<(AttemptOutcome Outcome, SignInAttempt Attempt)>> attemptAsync, bool isPersistent, string factor)
    {
        var (user, cookie) = await FindHalfWayAsync();
        if (user is null)
        {
            return SignInResult.Failed;
        }

        if (user.BlockedAt is not null)
        {
            // The password was right a moment ago; codes are no longer compared.
            return await BlockedAsync(SecurityEventKind.SecondFactor, user);
        }

        if (!await CanSignInAsync(user))
        {
            await ReportAsync(SecurityEventKind.SecondFactor, SecurityEventOutcome.NotConfirmed, user);
            return SignInResult.Failed;
        }

        var (outcome, attempt) = await attemptAsync(user);
        await using (attempt)
        {
            if (outcome is not AttemptOutcome.Right)
            {
                return await RefusedAsync(SecurityEventKind.SecondFactor, user, outcome);
            }

            if (!await _halfWay.TryUseAsync(cookie, Aborted))
            {
                // The code was right, but another request has used the cookie up.
                await ReportAsync(SecurityEventKind.SecondFactor, SecurityEventOutcome.Refused, user);
                return SignInResult.Failed;
            }

            await _store.SucceedAttemptAsync(user, attempt, clear: true);
        }

        _waiting = null;
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await FinishAsync(user, isPersistent, factor);
        await ReportAsync(SecurityEventKind.SecondFactor, SecurityEventOutcome.Succeeded, user);
        await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded, user);
        return SignInResult.Success;
    }

    // The new session of somebody who has given a second factor.
    private async Task FinishAsync(BankUser user, bool isPersistent, string factor)
    {
        _startNewSession = true;
        try
        {
            await SignInWithClaimsAsync(
                user,
                new AuthenticationProperties { IsPersistent = isPersistent },
                [new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor), new Claim(BankClaims.Factor, factor)]);
        }
        finally
        {
            _startNewSession = false;
        }

        _devices.Remember(user, secondFactor: true);
    }

    // Read once for a request: the pages ask before they try.
    private async Task<(BankUser? User, AuthenticationProperties? Cookie)> FindHalfWayAsync()
    {
        if (_waiting is { } known)
        {
            return known;
        }

        var cookie = await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        var user = cookie.Principal?.FindFirstValue(ClaimTypes.Name) is { Length: > 0 } id ? await UserManager.FindByIdAsync(id) : null;
        if (user is not null && !await _halfWay.IsUnusedAsync(cookie.Properties, user, Aborted))
        {
            user = null;
        }

        _waiting = (user, cookie.Properties);
        return (user, cookie.Properties);
    }

    private Task ReportAsync(SecurityEventKind kind, SecurityEventOutcome outcome, BankUser? user)
    {
        if (_typedName is { } name)
        {
            return _events.ReportNameAsync(kind, outcome, name, user?.Id);
        }

        _events.Report(kind, outcome, user?.Id);
        return Task.CompletedTask;
    }

    private async Task<SignInResult> BlockedAsync(SecurityEventKind kind, BankUser user)
    {
        await ReportAsync(kind, SecurityEventOutcome.Blocked, user);
        BlockedUserRefused(Logger, user.Id);
        return BankSignInResult.Blocked;
    }

    private async Task<SignInResult> RefusedAsync(SecurityEventKind kind, BankUser user, AttemptOutcome outcome)
    {
        await ReportAsync(kind, outcome.ToSecurityOutcome(), user);
        if (outcome is AttemptOutcome.Locked)
        {
            LockedUserRefused(Logger, user.Id);
            return SignInResult.LockedOut;
        }

        AttemptFailed(Logger, user.Id);
        return SignInResult.Failed;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} is blocked; a sign-in was refused.")]
    private static partial void BlockedUserRefused(ILogger logger, string userId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "User {UserId} is locked; an attempt was refused.")]
    private static partial void LockedUserRefused(ILogger logger, string userId);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Session {SessionId} of user {UserId} ended or got another key before it was renewed.")]
    private static partial void SessionKeyLost(ILogger logger, string userId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} gave a wrong password or code.")]
    private static partial void AttemptFailed(ILogger logger, string userId);
}
