using System.Diagnostics.CodeAnalysis;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Turns the authenticator on and off, moves it to another device, and makes recovery codes. A new key takes effect when the
/// person has typed a code made with it. Until then it is kept in an encrypted cookie, and the old authenticator still works.
/// </summary>
public sealed partial class AuthenticatorSetup
{
    /// <summary>How many recovery codes are made.</summary>
    public const int RecoveryCodeCount = 10;

    // Enough to install an app and scan the key.
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromMinutes(15);

    // From making the codes to the page that shows them once.
    private static readonly TimeSpan CodesLifetime = TimeSpan.FromMinutes(5);

    private readonly UserManager<BankUser> _users;
    private readonly BankSignInManager _signIn;
    private readonly ISessionRegistry _sessions;
    private readonly SecurityNotices _notices;
    private readonly ILogger<AuthenticatorSetup> _logger;
    private readonly SealedCookie _key;
    private readonly SealedCookie _codes;

    public AuthenticatorSetup(
        UserManager<BankUser> users,
        BankSignInManager signIn,
        ISessionRegistry sessions,
        SecurityNotices notices,
        IDataProtectionProvider protection,
        ILogger<AuthenticatorSetup> logger)
    {
        _users = users;
        _signIn = signIn;
        _sessions = sessions;
        _notices = notices;
        _logger = logger;
        _key = new SealedCookie(protection, "__Host-bankportal-enrol", KeyLifetime);
        _codes = new SealedCookie(protection, "__Host-bankportal-codes", CodesLifetime);
    }

    /// <summary>The key being set up in this browser; a new one when there is none. Reloading the page shows the same.</summary>
    public string PendingKey(HttpContext context, SessionHandle session)
    {
        if (_key.Read(context, session) is { } pending)
        {
            return pending;
        }

        var key = _users.GenerateNewAuthenticatorKey();
        _key.Write(context, session, key);
        return key;
    }

    /// <summary>
    /// Checks a code made with the pending key and turns the authenticator on with it. The recovery codes are then waiting
    /// to be shown (<see cref="TakeCodes"/>); the other sessions end. <see langword="null"/> when the key is too old.
    /// </summary>
    public async Task<ProofOutcome?> TurnOnAsync(HttpContext context, SessionHandle session, BankUser user, string code, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(session);
        if (_key.Read(context, session) is not { } key)
        {
            return null;
        }

        var replaces = user.TwoFactorEnabled;
        var oldKey = user.AuthenticatorKey;
        user.AuthenticatorKey = key;
        if (!await _users.VerifyTwoFactorTokenAsync(user, _users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            user.AuthenticatorKey = oldKey;
            return await _users.IsLockedOutAsync(user) ? ProofOutcome.Locked : ProofOutcome.Wrong;
        }

        user.TwoFactorEnabled = true;
        Ensure(await _users.UpdateSecurityStampAsync(user));
        AuthenticatorSet(_logger, user.Id, replaces);

        await MakeCodesAsync(context, session, user);
        _key.Delete(context);
        await ContinueAsync(
            session, user, replaces ? SecurityNotice.AuthenticatorReplaced : SecurityNotice.AuthenticatorOn, site, secondFactor: true);
        return ProofOutcome.Proven;
    }

    /// <summary>Turns the authenticator off after checking a code or the password. Staff cannot turn it off.</summary>
    public async Task<ProofOutcome> TurnOffAsync(
        HttpContext context, SessionHandle session, BankUser user, string? code, string? password, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(session);
        if (IsStaff(user))
        {
            throw new InvalidOperationException("People of the bank keep their authenticator.");
        }

        var right = code is not null
            ? await _users.VerifyTwoFactorTokenAsync(user, _users.Options.Tokens.AuthenticatorTokenProvider, code)
            : password is not null && await _users.CheckPasswordAsync(user, password);
        if (!right)
        {
            return await _users.IsLockedOutAsync(user) ? ProofOutcome.Locked : ProofOutcome.Wrong;
        }

        user.TwoFactorEnabled = false;
        user.AuthenticatorKey = null;
        Ensure(await _users.UpdateSecurityStampAsync(user));
        if (!user.HasPasskeys)
        {
            await _users.GenerateNewTwoFactorRecoveryCodesAsync(user, 0);
        }

        AuthenticatorRemoved(_logger, user.Id);
        var notice = user.HasPasskeys ? SecurityNotice.AuthenticatorOffPasskeysStay : SecurityNotice.AuthenticatorOff;
        await ContinueAsync(session, user, notice, site, secondFactor: false);
        return ProofOutcome.Proven;
    }

    /// <summary>Makes new recovery codes, after a code from the app. They are then waiting to be shown.</summary>
    public async Task<ProofOutcome> RenewCodesAsync(HttpContext context, SessionHandle session, BankUser user, string code, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!await _users.VerifyTwoFactorTokenAsync(user, _users.Options.Tokens.AuthenticatorTokenProvider, code))
        {
            return await _users.IsLockedOutAsync(user) ? ProofOutcome.Locked : ProofOutcome.Wrong;
        }

        await MakeCodesAsync(context, session, user);
        RecoveryCodesMade(_logger, user.Id);
        await _notices.NotifyAsync(user, SecurityNotice.RecoveryCodesRenewed, site);
        await _signIn.RenewSessionAsync(user, proven: true, secondFactor: true);
        return ProofOutcome.Proven;
    }

    /// <summary>
    /// Makes new recovery codes for somebody who has passkeys and no authenticator. Call after a fresh proof by a passkey only.
    /// </summary>
    public async Task RenewCodesAfterProofAsync(HttpContext context, SessionHandle session, BankUser user, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        await MakeCodesAsync(context, session, user);
        RecoveryCodesMade(_logger, user.Id);
        await _notices.NotifyAsync(user, SecurityNotice.RecoveryCodesRenewed, site);
        await _signIn.RenewSessionAsync(user);
    }

    /// <summary>The recovery codes made last. They are returned once; after that the list is empty.</summary>
    public IReadOnlyList<string> TakeCodes(HttpContext context, SessionHandle session)
    {
        var codes = _codes.Read(context, session)?.Split(' ') ?? [];
        if (codes.Length > 0)
        {
            _codes.Delete(context);
        }

        return codes;
    }

    /// <summary>Whether the person works for the bank and so must keep the authenticator.</summary>
    public static bool IsStaff(BankUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Roles.Any(BankRoles.Staff.Contains);
    }

    /// <summary>Makes recovery codes, which are then waiting to be shown.</summary>
    internal async Task MakeCodesAsync(HttpContext context, SessionHandle session, BankUser user)
    {
        var codes = await _users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodeCount);
        _codes.Write(context, session, string.Join(' ', codes ?? []));
    }

    /// <summary>
    /// Keeps this session after a change of credentials, ends all others, notifies the owner and gives this session a new key: last, so
    /// that the browser gets it at once, and its other tabs do not wait for a mail server.
    /// </summary>
    internal async Task ContinueAsync(
        SessionHandle session,
        BankUser user,
        SecurityNotice notice,
        string site,
        bool secondFactor,
        string factor = BankClaims.FactorCode)
    {
        await _signIn.RefreshSignInAsync(user);
        await _sessions.EndOthersAsync(session.UserId, session.SessionId, SessionEndReason.SecurityChanged);
        await _notices.NotifyAsync(user, notice, site);
        await _signIn.RenewSessionAsync(user, proven: secondFactor, secondFactor, factor);
    }

    [SuppressMessage("Usage", "MA0015", Justification = "There is no argument to name.")]
    private static void Ensure(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(
                "The user could not be updated: " + string.Join(", ", result.Errors.Select(error => error.Code))
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} set up an authenticator (replacing one: {Replaces})")]
    private static partial void AuthenticatorSet(ILogger logger, string userId, bool replaces);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} turned the authenticator off")]
    private static partial void AuthenticatorRemoved(ILogger logger, string userId);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} made new recovery codes")]
    private static partial void RecoveryCodesMade(ILogger logger, string userId);
}
