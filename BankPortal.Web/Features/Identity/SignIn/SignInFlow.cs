using System.Diagnostics;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Signs people in, step by step. The answers do not reveal to strangers whether an account exists.</summary>
public sealed partial class SignInFlow(
    SignInManager<BankUser> signIn,
    UserManager<BankUser> users,
    Registration registration,
    AccountMessageQueue messages,
    NeutralAnswer neutral,
    BankSignInManager passkeys,
    SecurityNotices notices,
    ILogger<SignInFlow> logger)
{
    /// <summary>
    /// The first step: address and password. An address without an account is locked after as many tries as any other, so a
    /// lock reveals nothing either.
    /// </summary>
    public async Task<(SignInStep Step, BankUser? User)> PasswordAsync(
        string email,
        string password,
        string site,
        CancellationToken ct = default
    )
    {
        var startedAt = Stopwatch.GetTimestamp();
        SignInResult result;
        try
        {
            result = await signIn.PasswordSignInAsync(email, password, isPersistent: false, lockoutOnFailure: true);
        }
        catch (SignInBusyException)
        {
            return (SignInStep.Busy, null);
        }

        if (result.RequiresTwoFactor)
        {
            return (SignInStep.SecondFactor, null);
        }

        if (result.Succeeded && await users.FindByEmailAsync(email) is { } user)
        {
            await registration.EnsureAccountAsync(user, ct);
            return (SignInStep.Done, user);
        }

        if (result == BankSignInResult.Blocked)
        {
            await neutral.WaitAsync(startedAt, ct);
            return (SignInStep.Unavailable, null);
        }

        if (result.IsLockedOut)
        {
            messages.Enqueue(new AccountMessageRequest(AccountMessageKind.Locked, email, site));
        }
        else if (result.IsNotAllowed)
        {
            // A person who has not confirmed the address gets the link again. Only the owner of the mailbox sees it.
            messages.Enqueue(new AccountMessageRequest(AccountMessageKind.Registration, email, site));
        }

        await neutral.WaitAsync(startedAt, ct);
        return (result.IsLockedOut ? SignInStep.Locked : SignInStep.Refused, null);
    }

    /// <summary>The one step with a passkey, which replaces address, password and code.</summary>
    public async Task<(SignInStep Step, BankUser? User)> PasskeyAsync(string credential, string site, CancellationToken ct = default) =>
        await AfterPasskeyAsync(await passkeys.SignInByPasskeyAsync(credential), site, ct);

    /// <summary>Whether a password was given a moment ago and a second factor is waited for.</summary>
    public async Task<bool> IsWaitingForSecondFactorAsync() => await FindWaitingAsync() is not null;

    /// <summary>The person whose password was right a moment ago; <see langword="null"/> when no second factor is waited for.</summary>
    public Task<BankUser?> FindWaitingAsync() => signIn.GetTwoFactorAuthenticationUserAsync();

    /// <summary>The second step, with a passkey.</summary>
    public async Task<(SignInStep Step, BankUser? User)> SecondPasskeyAsync(
        string credential, string site, CancellationToken ct = default) =>
        await AfterPasskeyAsync(await passkeys.SecondFactorByPasskeyAsync(credential), site, ct);

    /// <summary>The second step: the code from the authenticator app.</summary>
    public Task<(SignInStep Step, BankUser? User)> CodeAsync(string code, string site, CancellationToken ct = default) =>
        SecondFactorAsync(() => signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false), site, ct);

    /// <summary>The second step, with one of the recovery codes instead.</summary>
    public Task<(SignInStep Step, BankUser? User)> RecoveryCodeAsync(string code, string site, CancellationToken ct = default) =>
        SecondFactorAsync(() => signIn.TwoFactorRecoveryCodeSignInAsync(code), site, ct);

    private async Task<(SignInStep Step, BankUser? User)> AfterPasskeyAsync(PasskeyProof proof, string site, CancellationToken ct)
    {
        switch (proof)
        {
            case { IsRight: true, User: { } user }:
                await registration.EnsureAccountAsync(user, ct);
                return (SignInStep.Done, user);
            case { Outcome: PasskeyOutcome.Expired }:
                return (SignInStep.Expired, null);
            case { Outcome: PasskeyOutcome.Blocked }:
                return (SignInStep.Unavailable, null);
            case { Outcome: PasskeyOutcome.Locked }:
                return (SignInStep.Locked, null);
            case { Outcome: PasskeyOutcome.CounterWentBack, User: { } owner }:
                await notices.NotifyAsync(owner, SecurityNotice.PasskeyRefused, site);
                return (SignInStep.WrongPasskey, null);
            default:
                return (SignInStep.WrongPasskey, null);
        }
    }

    private async Task<(SignInStep Step, BankUser? User)> SecondFactorAsync(
        Func<Task<SignInResult>> tryIt, string site, CancellationToken ct)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return (SignInStep.Expired, null);
        }

        if (user.BlockedAt is not null)
        {
            return (SignInStep.Unavailable, null);
        }

        if (await users.IsLockedOutAsync(user))
        {
            return (SignInStep.Locked, null);
        }

        SignInResult result;
        try
        {
            result = await tryIt();
        }
        catch (SignInBusyException)
        {
            return (SignInStep.Busy, null);
        }

        if (result.Succeeded)
        {
            await registration.EnsureAccountAsync(user, ct);
            return (SignInStep.Done, user);
        }

        if (result.IsLockedOut)
        {
            LockedAfterWrongCodes(logger, user.Id);
            if (user.Email is { } email)
            {
                messages.Enqueue(new AccountMessageRequest(AccountMessageKind.LockedAfterPassword, email, site));
            }

            return (SignInStep.Locked, null);
        }

        return (SignInStep.WrongCode, null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "User {UserId} is locked after wrong codes")]
    private static partial void LockedAfterWrongCodes(ILogger logger, string userId);
}
