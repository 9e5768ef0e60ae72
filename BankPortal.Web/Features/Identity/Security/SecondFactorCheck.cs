using BankPortal.Core.Identity.Confirmations;
using BankPortal.Infrastructure.Identity.SignIn;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Checks a signed-in person's identity again before a sensitive action: by the authenticator, by a recovery code, or, for
/// customers without an authenticator, by the password. Wrong attempts count towards the lockout as they do at sign-in.
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

    /// <summary>Checks the authenticator's code, or the password where there is no authenticator.</summary>
    /// <param name="session">The session to prove it for.</param>
    /// <param name="codeOrPassword">As typed.</param>
    /// <param name="confirmationId">The payment that this confirms; <see langword="null"/> for a proof of the session.</param>
    public async Task<ProofOutcome> ProveAsync(SessionHandle session, string codeOrPassword, string? confirmationId = null)
    {
        var user = await FindAsync(session);
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
        var right = user.TwoFactorEnabled && (await _users.RedeemTwoFactorRecoveryCodeAsync(user, recoveryCode)).Succeeded;
        if (right)
        {
            await usedAsync(user);
        }

        return await FinishAsync(session, user, right, confirmationId, ConfirmationFactor.RecoveryCode);
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
            await _signIn.RenewSessionAsync(user, proven: true, secondFactor: user.TwoFactorEnabled);
            return ProofOutcome.Proven;
        }

        var locked = await _users.IsLockedOutAsync(user);
        CheckFailed(_logger, user.Id, session.SessionId, locked);
        return locked ? ProofOutcome.Locked : ProofOutcome.Wrong;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "User {UserId} failed to confirm an action in session {SessionId} (locked: {Locked})")]
    private static partial void CheckFailed(ILogger logger, string userId, string sessionId, bool locked);
}
