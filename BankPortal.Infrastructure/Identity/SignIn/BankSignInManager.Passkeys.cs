using System.Security.Claims;
using BankPortal.Core.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using SignInResult = Microsoft.AspNetCore.Identity.SignInResult;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <content>
/// Passkeys. The challenges are kept by <see cref="PasskeyChallenges"/> instead of the framework's cookie, which is that of the half-way
/// sign-in here. A wrong answer is not counted as an attempt: nobody can guess a signature, and whoever knows the id of a passkey could
/// lock its owner out. So a lock after wrong passwords or codes does not stop a passkey; locks and blocks set by staff do.
/// </content>
public sealed partial class BankSignInManager
{
    /// <summary>The detail of security events about passkeys.</summary>
    internal const string PasskeyDetail = "passkey";

    // A credential with all its parts has one or two kilobytes.
    private const int LongestCredential = 16 * 1024;

    /// <summary>Makes the options for adding a passkey for the signed-in person.</summary>
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The person is not the signed-in one.</exception>
    public override async Task<string> MakePasskeyCreationOptionsAsync(PasskeyUserEntity userEntity)
    {
        ArgumentNullException.ThrowIfNull(userEntity);
        if (!string.Equals(SignedInId, userEntity.Id, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("A passkey is added for the signed-in person only.");
        }

        var made = await _passkeys.MakeCreationOptionsAsync(userEntity, Context);
        _challenges.Keep(
            Context,
            Binding(PasskeyPurpose.Register, userEntity.Id, about: null),
            made.AttestationState ?? throw new InvalidOperationException("The framework made no state."));
        return made.CreationOptionsJson;
    }

    /// <summary>
    /// Makes the options for signing in with a passkey (no user), for the second step of a sign-in, or for step-up of the signed-in person.
    /// </summary>
    /// <inheritdoc/>
    public override Task<string> MakePasskeyRequestOptionsAsync(BankUser? user) => MakePasskeyRequestOptionsAsync(user, about: null);

    /// <summary>The same, for an answer that confirms something in particular.</summary>
    /// <param name="user">The person, where known.</param>
    /// <param name="about">What the answer confirms; the check of the answer has to name the same.</param>
    public async Task<string> MakePasskeyRequestOptionsAsync(BankUser? user, string? about)
    {
        var purpose = user is null ? PasskeyPurpose.SignIn
            : string.Equals(SignedInId, user.Id, StringComparison.Ordinal) ? PasskeyPurpose.StepUp
            : PasskeyPurpose.SecondFactor;
        var made = await _passkeys.MakeRequestOptionsAsync(user, Context);
        _challenges.Keep(
            Context,
            Binding(purpose, user?.Id, about),
            made.AssertionState ?? throw new InvalidOperationException("The framework made no state."));
        return made.RequestOptionsJson;
    }

    /// <summary>Checks a new passkey of the signed-in person. It is not stored yet.</summary>
    /// <inheritdoc/>
    public override async Task<PasskeyAttestationResult> PerformPasskeyAttestationAsync(string credentialJson)
    {
        ArgumentNullException.ThrowIfNull(credentialJson);
        var state = SignedInId is { } userId
            ? await _challenges.TakeAsync(Context, Binding(PasskeyPurpose.Register, userId, about: null), Aborted)
            : null;
        return state is null || credentialJson.Length > LongestCredential
            ? PasskeyAttestationResult.Fail(new PasskeyException("There is no challenge for this answer."))
            : await _passkeys.PerformAttestationAsync(
                new PasskeyAttestationContext { HttpContext = Context, CredentialJson = credentialJson, AttestationState = state });
    }

    /// <summary>Checks an answer for step-up of the signed-in person, or for signing in when nobody is, and takes it.</summary>
    /// <inheritdoc/>
    public override async Task<PasskeyAssertionResult<BankUser>> PerformPasskeyAssertionAsync(string credentialJson)
    {
        ArgumentNullException.ThrowIfNull(credentialJson);
        var user = SignedInId is { } id ? await UserManager.FindByIdAsync(id) : null;
        var purpose = user is null ? PasskeyPurpose.SignIn : PasskeyPurpose.StepUp;
        var (proof, passkey) = await CheckAsync(purpose, user, credentialJson, about: null);
        return proof.IsRight
            ? PasskeyAssertionResult.Success(passkey!, proof.User!)
            : PasskeyAssertionResult.Fail<BankUser>(new PasskeyException($"The answer was not accepted: {proof.Outcome}."));
    }

    /// <summary>Signs in with a passkey in place of address, password and code.</summary>
    /// <inheritdoc/>
    public override async Task<SignInResult> PasskeySignInAsync(string credentialJson) =>
        (await SignInByPasskeyAsync(credentialJson)).Outcome switch
        {
            PasskeyOutcome.Right => SignInResult.Success,
            PasskeyOutcome.Blocked => BankSignInResult.Blocked,
            PasskeyOutcome.Locked => SignInResult.LockedOut,
            _ => SignInResult.Failed,
        };

    /// <summary>
    /// Signs in with a passkey in place of address, password and code: it is something the person has, and the device has checked the
    /// person's finger, face or PIN.
    /// </summary>
    /// <param name="credentialJson">The answer of the passkey.</param>
    public async Task<PasskeyProof> SignInByPasskeyAsync(string credentialJson)
    {
        ArgumentNullException.ThrowIfNull(credentialJson);
        var (proof, _) = await CheckAsync(PasskeyPurpose.SignIn, user: null, credentialJson, about: null);
        if (proof is { IsRight: true, User: { } user })
        {
            await _firstAdmin.ClaimByEmailAsync(user, Aborted);
            await FinishAsync(user, isPersistent: false, BankClaims.FactorPasskey);
            _events.Report(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded, user.Id, PasskeyDetail);
        }

        return proof;
    }

    /// <summary>Completes a sign-in with a passkey, after the password.</summary>
    /// <param name="credentialJson">The answer of the passkey.</param>
    public async Task<PasskeyProof> SecondFactorByPasskeyAsync(string credentialJson)
    {
        ArgumentNullException.ThrowIfNull(credentialJson);
        var (user, cookie) = await FindHalfWayAsync();
        if (user is null)
        {
            return new PasskeyProof(PasskeyOutcome.Expired);
        }

        var (proof, _) = await CheckAsync(PasskeyPurpose.SecondFactor, user, credentialJson, about: null);
        if (!proof.IsRight)
        {
            return proof;
        }

        if (!await _halfWay.TryUseAsync(cookie, Aborted))
        {
            // The answer was right, but another request has used the cookie up.
            _events.Report(SecurityEventKind.SecondFactor, SecurityEventOutcome.Refused, user.Id, PasskeyDetail);
            return new PasskeyProof(PasskeyOutcome.Expired);
        }

        _waiting = null;
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await FinishAsync(proof.User!, isPersistent: false, BankClaims.FactorPasskey);
        _events.Report(SecurityEventKind.SecondFactor, SecurityEventOutcome.Succeeded, user.Id, PasskeyDetail);
        await ReportAsync(SecurityEventKind.SignIn, SecurityEventOutcome.Succeeded, user);
        return proof;
    }

    /// <summary>Checks the answer of a passkey before a sensitive action of the signed-in person (step-up).</summary>
    /// <param name="user">The signed-in person.</param>
    /// <param name="credentialJson">The answer of the passkey.</param>
    /// <param name="about">What the answer confirms, as its challenge named it.</param>
    public async Task<PasskeyProof> CheckPasskeyAsync(BankUser user, string credentialJson, string? about = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(credentialJson);
        var (proof, _) = await CheckAsync(PasskeyPurpose.StepUp, user, credentialJson, about);
        if (proof.IsRight)
        {
            _events.Report(SecurityEventKind.StepUp, SecurityEventOutcome.Succeeded, user.Id, PasskeyDetail);
        }

        return proof;
    }

    private string? SignedInId => Context.User.FindFirstValue(ClaimTypes.NameIdentifier);

    private PasskeyBinding Binding(PasskeyPurpose purpose, string? userId, string? about) => new(
        purpose,
        userId,
        purpose is PasskeyPurpose.Register or PasskeyPurpose.StepUp ? Context.User.FindFirstValue(BankClaims.SessionId) : null,
        about);

    private async Task<(PasskeyProof Proof, UserPasskeyInfo? Passkey)> CheckAsync(
        PasskeyPurpose purpose, BankUser? user, string credentialJson, string? about)
    {
        var kind = purpose switch
        {
            PasskeyPurpose.SecondFactor => SecurityEventKind.SecondFactor,
            PasskeyPurpose.StepUp => SecurityEventKind.StepUp,
            _ => SecurityEventKind.SignIn,
        };
        if (await _challenges.TakeAsync(Context, Binding(purpose, user?.Id, about), Aborted) is not { } state)
        {
            return Refuse(PasskeyOutcome.Expired, SecurityEventOutcome.Refused, user?.Id);
        }

        if (credentialJson.Length > LongestCredential)
        {
            return Refuse(PasskeyOutcome.Wrong, SecurityEventOutcome.Failed, user?.Id);
        }

        var result = await _passkeys.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = Context, CredentialJson = credentialJson, AssertionState = state });
        if (!result.Succeeded || (user is not null && !string.Equals(result.User.Id, user.Id, StringComparison.Ordinal)))
        {
            PasskeyRefused(Logger, purpose, result.Failure?.Message);
            return Refuse(PasskeyOutcome.Wrong, SecurityEventOutcome.Failed, user?.Id);
        }

        var owner = result.User;
        if (owner.BlockedAt is not null)
        {
            BlockedUserRefused(Logger, owner.Id);
            return Refuse(PasskeyOutcome.Blocked, SecurityEventOutcome.Blocked, owner.Id, owner);
        }

        if (_store.IsLockedByStaff(owner))
        {
            LockedUserRefused(Logger, owner.Id);
            return Refuse(PasskeyOutcome.Locked, SecurityEventOutcome.Locked, owner.Id, owner);
        }

        if (!await CanSignInAsync(owner))
        {
            return Refuse(PasskeyOutcome.Wrong, SecurityEventOutcome.NotConfirmed, owner.Id);
        }

        switch (await _store.TryUsePasskeyAsync(owner, result.Passkey, Aborted))
        {
            case PasskeyUse.Used:
                return (new PasskeyProof(PasskeyOutcome.Right, owner), result.Passkey);
            case PasskeyUse.CounterWentBack:
                CounterWentBack(Logger, owner.Id);
                _events.Report(SecurityEventKind.Passkey, SecurityEventOutcome.Refused, owner.Id, "counter");
                return Refuse(PasskeyOutcome.CounterWentBack, SecurityEventOutcome.Refused, owner.Id, owner);
            default:
                return Refuse(PasskeyOutcome.Wrong, SecurityEventOutcome.Failed, owner.Id);
        }

        (PasskeyProof, UserPasskeyInfo?) Refuse(
            PasskeyOutcome outcome, SecurityEventOutcome reported, string? userId, BankUser? toTell = null)
        {
            _events.Report(kind, reported, userId, PasskeyDetail);
            return (new PasskeyProof(outcome, toTell), null);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A passkey was refused for {Purpose}: {Reason}")]
    private static partial void PasskeyRefused(ILogger logger, PasskeyPurpose purpose, string? reason);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The counter of a passkey of user {UserId} went back: it may have been copied; it was refused.")]
    private static partial void CounterWentBack(ILogger logger, string userId);
}
