using BankPortal.Infrastructure.Identity.Sessions;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Checks a signed-in person's identity again before a sensitive action: by the authenticator, by a recovery code, or, for
/// customers without an authenticator, by the password. Wrong attempts count towards the lockout as they do at sign-in.
/// The time of the proof is stored with the session and read by <see cref="BankPortal.Core.Identity.StepUpPolicy"/>.
/// </summary>
public sealed partial class SecondFactorCheck
{
    private readonly UserManager<BankUser> _users;
    private readonly ISessionRegistry _sessions;
    private readonly SessionGate _gate;
    private readonly ILogger<SecondFactorCheck> _logger;

    internal SecondFactorCheck(UserManager<BankUser> users, ISessionRegistry sessions, SessionGate gate, ILogger<SecondFactorCheck> logger)
    {
        _users = users;
        _sessions = sessions;
        _gate = gate;
        _logger = logger;
    }

    /// <summary>Whether the person proves their identity with an authenticator; otherwise with the password.</summary>
    public async Task<bool> UsesAuthenticatorAsync(SessionHandle session) =>
        await _users.FindByIdAsync(Of(session)) is { TwoFactorEnabled: true };

    /// <summary>Checks the authenticator's code, or the password where there is no authenticator.</summary>
    public async Task<ProofOutcome> ProveAsync(SessionHandle session, string codeOrPassword, CancellationToken ct = default)
    {
        var user = await FindAsync(session);
        var right = user.TwoFactorEnabled
            ? await _users.VerifyTwoFactorTokenAsync(user, _users.Options.Tokens.AuthenticatorTokenProvider, codeOrPassword)
            : await _users.CheckPasswordAsync(user, codeOrPassword);
        return await FinishAsync(session, user, right, ct);
    }

    /// <summary>Checks one of the recovery codes and uses it up.</summary>
    public async Task<ProofOutcome> ProveByRecoveryCodeAsync(SessionHandle session, string recoveryCode, CancellationToken ct = default)
    {
        var user = await FindAsync(session);
        var right = user.TwoFactorEnabled && (await _users.RedeemTwoFactorRecoveryCodeAsync(user, recoveryCode)).Succeeded;
        return await FinishAsync(session, user, right, ct);
    }

    /// <summary>Records a proof given in another way, such as by setting up the authenticator.</summary>
    public async Task NoteAsync(SessionHandle session, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        await _sessions.RecordSecondFactorAsync(session.UserId, session.SessionId, ct);
        _gate.Forget(session.SessionId);
    }

    private static string Of(SessionHandle session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.UserId;
    }

    private async Task<BankUser> FindAsync(SessionHandle session) =>
        await _users.FindByIdAsync(Of(session)) ?? throw new SessionOverException(Core.Identity.SessionEndReason.Ended);

    private async Task<ProofOutcome> FinishAsync(SessionHandle session, BankUser user, bool right, CancellationToken ct)
    {
        if (right)
        {
            await NoteAsync(session, ct);
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
