using System.Security.Claims;
using BankPortal.Core.Audit;
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
    private bool _startNewSession;

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
        IUserConfirmation<BankUser> confirmation)
        : base(users, contextAccessor, claimsFactory, options, logger, schemes, confirmation)
    {
        _store = store;
        _firstAdmin = firstAdmin;
        _decoy = decoy;
        _hashing = hashing;
        _events = events;
        _schemes = schemes;
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
        if (outcome is not AttemptOutcome.Right)
        {
            return await RefusedAsync(SecurityEventKind.SignIn, user, outcome);
        }

        if (user.BlockedAt is not null)
        {
            // The attempt stays counted. Only a person who knows the password learns of the block.
            var blocked = await BlockedAsync(SecurityEventKind.SignIn, user);
            return attempt.Lock is null ? blocked : SignInResult.LockedOut;
        }

        if (!await CanSignInAsync(user))
        {
            // The attempt stays counted and can lock, like a wrong password. Otherwise a person who registered someone else's address
            // could tell from the missing lockout that the address had no account before.
            await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.NotConfirmed, user);
            return attempt.Lock is null ? SignInResult.NotAllowed : SignInResult.LockedOut;
        }

        await _store.SucceedAttemptAsync(user, attempt, clear: !user.TwoFactorEnabled, Aborted);
        return SignInResult.Success;
    }

    /// <summary>Completes a sign-in with a code from the authenticator app. Browsers are never remembered.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorAuthenticatorSignInAsync(string code, bool isPersistent, bool rememberClient) =>
        TwoFactorSignInAsync(Options.Tokens.AuthenticatorTokenProvider, code, isPersistent, rememberClient);

    /// <summary>Completes a sign-in with a code. Browsers are never remembered.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorSignInAsync(string provider, string code, bool isPersistent, bool rememberClient) =>
        CompleteAsync(user => Users.TryCodeAsync(user, provider, code), isPersistent);

    /// <summary>Completes a sign-in with a recovery code, which is then used up. Wrong codes count as failed attempts.</summary>
    /// <inheritdoc/>
    public override Task<SignInResult> TwoFactorRecoveryCodeSignInAsync(string recoveryCode) =>
        CompleteAsync(user => Users.TryRecoveryCodeAsync(user, recoveryCode), isPersistent: false);

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
        if (outcome is not AttemptOutcome.Right)
        {
            return await RefusedAsync(SecurityEventKind.StepUp, user, outcome);
        }

        await ReportAsync(SecurityEventKind.StepUp, SecurityEventOutcome.Succeeded, user);
        await _store.SucceedAttemptAsync(user, attempt, clear: false, Aborted);
        return SignInResult.Success;
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

        // The cookie handler of this request would continue the session it read from the cookie, which an attacker may have planted
        // (session fixation). So that handler signs out, and a new one, which sees no cookie, signs in.
        await Context.SignOutAsync(AuthenticationScheme);
        var principal = await CreateUserPrincipalAsync(user);
        var identity = principal.Identities.First();
        identity.AddClaims(additionalClaims);
        var scheme = await _schemes.GetSchemeAsync(AuthenticationScheme)
            ?? throw new InvalidOperationException($"There is no authentication scheme '{AuthenticationScheme}'.");
        var handler = ActivatorUtilities.CreateInstance<CookieAuthenticationHandler>(Context.RequestServices);
        var cookies = Context.Request.Cookies;
        Context.Request.Cookies = NoCookies.Instance;
        try
        {
            await handler.InitializeAsync(scheme, Context);
            await handler.SignInAsync(principal, authenticationProperties ?? new AuthenticationProperties());
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
        _startNewSession = true;
        try
        {
            var result = await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);
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
        var (user, counterRow) = await _store.FindForSignInAsync(normalized, byEmail, Aborted);
        if (user is { PasswordHash: not null })
        {
            return await PasswordSignInAsync(user, password, isPersistent, lockoutOnFailure: true);
        }

        // A user without a password (imported, for example) cannot sign in with one, and must look like an unknown user.
        using var turn = await _hashing.EnterAsync();
        var attempt = user is null
            ? await _store.BeginPhantomAttemptAsync(counterRow, Aborted)
            : await _store.BeginAttemptAsync(user, Aborted);
        await turn.RunAsync(() => _decoy.Verify(UserManager.PasswordHasher, password));
        var isLocked = !attempt.IsAllowed || attempt.Lock is not null;
        await ReportAsync(SecurityEventKind.SignIn, isLocked ? SecurityEventOutcome.Locked : SecurityEventOutcome.Failed, user);
        return isLocked ? SignInResult.LockedOut : SignInResult.Failed;
    }

    private async Task<SignInResult> CompleteAsync(
        Func<BankUser, Task<(AttemptOutcome Outcome, SignInAttempt Attempt)>> attemptAsync, bool isPersistent)
    {
        if (await GetTwoFactorAuthenticationUserAsync() is not { } user)
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
            return SignInResult.Failed;
        }

        var (outcome, attempt) = await attemptAsync(user);
        if (outcome is not AttemptOutcome.Right)
        {
            return await RefusedAsync(SecurityEventKind.SecondFactor, user, outcome);
        }

        await _store.SucceedAttemptAsync(user, attempt, clear: true, Aborted);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        _startNewSession = true;
        try
        {
            await SignInWithClaimsAsync(
                user,
                new AuthenticationProperties { IsPersistent = isPersistent },
                [new Claim(BankClaims.AuthenticationMethod, BankClaims.MultiFactor)]);
        }
        finally
        {
            _startNewSession = false;
        }

        await ReportAsync(SecurityEventKind.SecondFactor, SecurityEventOutcome.Succeeded, user);
        await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded, user);
        return SignInResult.Success;
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

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} gave a wrong password or code.")]
    private static partial void AttemptFailed(ILogger logger, string userId);
}
