using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.Security;

/// <summary>
/// Adds, renames and removes passkeys of the signed-in person. Adding and removing change the security stamp, end the other sessions, give
/// this one a new key, tell the owner and are recorded. Somebody without an authenticator gets recovery codes with the first passkey.
/// </summary>
public sealed partial class PasskeySetup(
    BankUserManager users,
    BankSignInManager signIn,
    AuthenticatorSetup authenticator,
    StepUpGuard stepUp,
    SecurityEventReporter events,
    TimeProvider time,
    ILogger<PasskeySetup> logger)
{
    // A password that was typed a moment ago need not be typed again.
    private static readonly TimeSpan RecentSignIn = TimeSpan.FromMinutes(10);

    private static readonly IdentityError NotAdded = new()
    {
        Code = "PasskeyRefused",
        Description = "The passkey could not be added: it took too long, or it belongs to a sign-in already. Please try again.",
    };

    private static readonly IdentityError NameTooLong = new()
    {
        Code = "PasskeyName",
        Description = $"Choose a name with at most {PasskeyRule.MaxNameLength} characters.",
    };

    /// <summary>
    /// Whether the person has to prove again who they are before a passkey is added: by the second factor, or by the password when there is
    /// none and they did not sign in a moment ago.
    /// </summary>
    public bool IsProofMissing(BankUser user, UserSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return IsProofMissing(user, session.SecondFactorAt, session.CreatedAt);
    }

    /// <inheritdoc cref="IsProofMissing(BankUser, UserSession)"/>
    public bool IsProofMissing(BankUser user, DateTimeOffset? secondFactorAt, DateTimeOffset signedInAt)
    {
        ArgumentNullException.ThrowIfNull(user);
        return (user.HasSecondFactor || AuthenticatorSetup.IsStaff(user) || time.GetUtcNow() - signedInAt >= RecentSignIn)
            && stepUp.IsProofMissing(user, secondFactorAt, formAsksForPassword: false);
    }

    /// <summary>Checks the answer of the device and adds the passkey.</summary>
    /// <returns>Why it was not added; <see langword="null"/> when it was.</returns>
    public async Task<IdentityError?> AddAsync(
        HttpContext context, SessionHandle session, BankUser user, string credentialJson, string? name, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(session);
        if (PasskeyRule.CleanName(name) is not { } cleanName)
        {
            return NameTooLong;
        }

        var attested = await signIn.PerformPasskeyAttestationAsync(credentialJson);
        if (!attested.Succeeded || !attested.Passkey.IsUserVerified)
        {
            Refused(logger, user.Id, attested.Failure?.Message);
            events.Report(SecurityEventKind.Passkey, SecurityEventOutcome.Failed, user.Id, "added");
            return NotAdded;
        }

        attested.Passkey.Name = cleanName;
        var isFirstFactor = !user.HasSecondFactor;
        var result = await users.AddOrUpdatePasskeyAsync(user, attested.Passkey);
        if (!result.Succeeded)
        {
            events.Report(SecurityEventKind.Passkey, SecurityEventOutcome.Refused, user.Id, "added");
            var error = result.Errors.First();
            return error.Code == nameof(IdentityErrorDescriber.LoginAlreadyAssociated) ? NotAdded : error;
        }

        Added(logger, user.Id);
        events.Report(SecurityEventKind.Passkey, SecurityEventOutcome.Succeeded, user.Id, "added");
        if (isFirstFactor)
        {
            await authenticator.MakeCodesAsync(context, session, user);
        }

        await authenticator.ContinueAsync(
            session, user, SecurityNotice.PasskeyAdded, site, secondFactor: true, BankClaims.FactorPasskey);
        return null;
    }

    /// <summary>Gives a passkey another name.</summary>
    /// <returns>Why not; <see langword="null"/> when it was done.</returns>
    public async Task<IdentityError?> RenameAsync(BankUser user, BankPasskey passkey, string? name)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        if (PasskeyRule.CleanName(name) is not { } cleanName)
        {
            return NameTooLong;
        }

        passkey.Info.Name = cleanName;
        var result = await users.AddOrUpdatePasskeyAsync(user, passkey.Info);
        return result.Succeeded ? null : result.Errors.First();
    }

    /// <summary>Removes a passkey: it signs nobody in from now on.</summary>
    /// <returns>Why not; <see langword="null"/> when it was done.</returns>
    public async Task<IdentityError?> RemoveAsync(SessionHandle session, BankUser user, BankPasskey passkey, string site)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(passkey);
        var result = await users.RemovePasskeyAsync(user, passkey.Info.CredentialId);
        if (!result.Succeeded)
        {
            return result.Errors.First();
        }

        Removed(logger, user.Id);
        events.Report(SecurityEventKind.Passkey, SecurityEventOutcome.Succeeded, user.Id, "removed");
        await authenticator.ContinueAsync(session, user, SecurityNotice.PasskeyRemoved, site, secondFactor: false);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} added a passkey")]
    private static partial void Added(ILogger logger, string userId);

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} removed a passkey")]
    private static partial void Removed(ILogger logger, string userId);

    [LoggerMessage(Level = LogLevel.Information, Message = "A new passkey of user {UserId} was refused: {Reason}")]
    private static partial void Refused(ILogger logger, string userId, string? reason);
}
