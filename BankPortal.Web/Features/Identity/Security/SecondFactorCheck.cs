using BankPortal.Core.Identity.Confirmations;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Checks a signed-in person's identity again before a sensitive action: by the authenticator, by a passkey, by a recovery
/// code, or, for customers without a second factor, by the password. Wrong attempts count towards the lockout as they do at sign-in.
/// The time of the proof is stored with the session and read by <see cref="BankPortal.Core.Identity.StepUpPolicy"/>; the session gets a
/// new key with it, so that a copy of the cookie does not inherit the proof. A proof that confirms a payment counts for that payment
/// only: the session stays as it was.
/// </summary>
public sealed partial class SecondFactorCheck
{
    private readonly UserManager<BankUser> _users;
    private readonly BankSignInManager _signIn;
    private readonly PaymentConfirmations _confirmations;
    private readonly ILogger<SecondFactorCheck> _logger;

    internal SecondFactorCheck(
        UserManager<BankUser> users,
        BankSignInManager signIn,
        PaymentConfirmations confirmations,
        ILogger<SecondFactorCheck> logger)
    {
        _users = users;
        _signIn = signIn;
        _confirmations = confirmations;
        _logger = logger;
    }

    /// <summary>Whether the person proves their identity with an authenticator; otherwise with the password.</summary>
    public async Task<bool> UsesAuthenticatorAsync(SessionHandle session) =>
        await _users.FindByIdAsync(Of(session)) is { TwoFactorEnabled: true };

    /// <summary>
    /// Checks the authenticator's code, or the password where there is no second factor. The password of somebody who has passkeys but no
    /// authenticator proves nothing.
    /// </summary>
    /// <param name="session">The session to prove it for.</param>
    /// <param name="codeOrPassword">As typed.</param>
    /// <param name="confirmationId">The payment that this confirms; <see langword="null"/> for a proof of the session.</param>
    public async Task<ProofOutcome> ProveAsync(SessionHandle session, string codeOrPassword, string? confirmationId = null)
    {
        var user = await FindAsync(session);
        if (!user.TwoFactorEnabled && user.HasPasskeys)
        {
            return ProofOutcome.Wrong;
        }

        var right = user.TwoFactorEnabled
            ? await _users.VerifyTwoFactorTokenAsync(user, _users.Options.Tokens.AuthenticatorTokenProvider, codeOrPassword)
            : await _users.CheckPasswordAsync(user, codeOrPassword);
        var factor = user.TwoFactorEnabled ? ConfirmationFactor.Authenticator : ConfirmationFactor.Password;
        return await FinishAsync(session, user, right, confirmationId, factor);
    }

    /// <summary>Checks one of the recovery codes and uses it up.</summary>
    /// <param name="session">The session to prove it for.</param>
    /// <param name="recoveryCode">The code as typed.</param>
    /// <param name="usedAsync">Tells the owner that a code was used; before the session gets its new key, which then reaches the browser at
    /// once.</param>
    /// <param name="confirmationId">The payment that this confirms; <see langword="null"/> for a proof of the session.</param>
    public async Task<ProofOutcome> ProveByRecoveryCodeAsync(
        SessionHandle session, string recoveryCode, Func<BankUser, Task> usedAsync, string? confirmationId = null)
    {
        ArgumentNullException.ThrowIfNull(usedAsync);
        var user = await FindAsync(session);
        var right = user.HasSecondFactor && (await _users.RedeemTwoFactorRecoveryCodeAsync(user, recoveryCode)).Succeeded;
        if (right)
        {
            await usedAsync(user);
        }

        return await FinishAsync(session, user, right, confirmationId, ConfirmationFactor.RecoveryCode);
    }

    /// <summary>Checks the answer of one of the person's own passkeys, which works once.</summary>
    /// <param name="session">The session to prove it for.</param>
    /// <param name="credential">The answer of the passkey.</param>
    /// <param name="copiedAsync">Tells the owner that a passkey was refused because it may have been copied.</param>
    /// <param name="confirmationId">
    /// The payment that the answer confirms, as the button named it; <see langword="null"/> for a proof of the session.
    /// </param>
    public async Task<ProofOutcome> ProveByPasskeyAsync(
        SessionHandle session, string credential, Func<BankUser, Task> copiedAsync, string? confirmationId = null)
    {
        var user = await FindAsync(session);
        if (await IsPasskeyRightAsync(user, credential, copiedAsync, confirmationId))
        {
            return await FinishAsync(session, user, right: true, confirmationId, ConfirmationFactor.Passkey);
        }

        CheckFailed(_logger, user.Id, session.SessionId, locked: false);
        return ProofOutcome.Wrong;
    }

    /// <summary>Checks the answer of one of the person's own passkeys alone; the session gains nothing by it.</summary>
    /// <param name="user">The person.</param>
    /// <param name="credential">The answer of the passkey.</param>
    /// <param name="copiedAsync">Tells the owner that a passkey was refused because it may have been copied.</param>
    /// <param name="about">What the answer confirms, as the button named it; <see langword="null"/> for nothing in particular.</param>
    public async Task<bool> IsPasskeyRightAsync(
        BankUser user, string credential, Func<BankUser, Task> copiedAsync, string? about = null)
    {
        ArgumentNullException.ThrowIfNull(copiedAsync);
        var proof = await _signIn.CheckPasskeyAsync(user, credential, about);
        if (proof is { Outcome: PasskeyOutcome.CounterWentBack, User: { } owner })
        {
            await copiedAsync(owner);
        }

        return proof.IsRight;
    }

    private static string Of(SessionHandle session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.UserId;
    }

    private async Task<BankUser> FindAsync(SessionHandle session) =>
        await _users.FindByIdAsync(Of(session)) ?? throw new SessionOverException(Core.Identity.SessionEndReason.Ended);

    private async Task<ProofOutcome> FinishAsync(
        SessionHandle session, BankUser user, bool right, string? confirmationId, ConfirmationFactor factor)
    {
        if (right && confirmationId is not null)
        {
            var confirmed = await _confirmations.ConfirmAsync(user.Id, session.SessionId, confirmationId, factor);
            return confirmed.IsSuccess ? ProofOutcome.Proven : ProofOutcome.Closed;
        }

        if (right)
        {
            // When another tab proved the same at the same moment, its new key is in the browser and its proof counts.
            await _signIn.RenewSessionAsync(user, proven: true, secondFactor: user.HasSecondFactor, ClaimOf(factor));
            return ProofOutcome.Proven;
        }

        var locked = await _users.IsLockedOutAsync(user);
        CheckFailed(_logger, user.Id, session.SessionId, locked);
        return locked ? ProofOutcome.Locked : ProofOutcome.Wrong;
    }

    private static string ClaimOf(ConfirmationFactor factor) => factor switch
    {
        ConfirmationFactor.Passkey => BankClaims.FactorPasskey,
        ConfirmationFactor.RecoveryCode => BankClaims.FactorRecoveryCode,
        _ => BankClaims.FactorCode,
    };

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "User {UserId} failed to confirm an action in session {SessionId} (locked: {Locked})")]
    private static partial void CheckFailed(ILogger logger, string userId, string sessionId, bool locked);
}
