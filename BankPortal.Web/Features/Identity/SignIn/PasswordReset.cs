using System.Diagnostics;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Infrastructure.Identity.SignIn;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>Replaces a forgotten password by a link in a message.</summary>
public sealed partial class PasswordReset(
    UserManager<BankUser> users,
    ISessionRegistry sessions,
    AccountMessageQueue messages,
    NeutralAnswer neutral,
    SecurityEventReporter events,
    ILogger<PasswordReset> logger)
{
    /// <summary>Asks for a link. The answer, and the time it takes, is the same for every address.</summary>
    public async Task RequestAsync(string email, string site, CancellationToken ct = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        messages.Enqueue(new AccountMessageRequest(AccountMessageKind.PasswordForgotten, email, site));
        await events.ReportNameAsync(SecurityEventKind.PasswordReset, SecurityEventOutcome.Requested, email);
        await neutral.WaitAsync(startedAt, ct);
    }

    /// <summary>The person a reset link belongs to; <see langword="null"/> when the link was used or is too old.</summary>
    public async Task<BankUser?> FindAsync(string? userId, string? token)
    {
        // While the bank blocks signing in, no link leads past it.
        if (await FindUserAsync(userId) is not { BlockedAt: null } user || LinkToken.Decode(token) is not { } code)
        {
            return null;
        }

        var provider = users.Options.Tokens.PasswordResetTokenProvider;
        if (await users.VerifyUserTokenAsync(user, provider, UserManager<BankUser>.ResetPasswordTokenPurpose, code))
        {
            return user;
        }

        events.Report(SecurityEventKind.PasswordReset, SecurityEventOutcome.Failed, user.Id);
        return null;
    }

    /// <summary>
    /// Replaces the password, ends every session and uses up the link. The address counts as confirmed, because only the
    /// owner of the mailbox can open the link.
    /// </summary>
    public async Task<IdentityResult> ResetAsync(BankUser user, string? token, string password, string site, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var result = await users.ResetPasswordAsync(user, LinkToken.Decode(token) ?? "", password);
        if (!result.Succeeded)
        {
            return result;
        }

        if (!user.EmailConfirmed)
        {
            user.EmailConfirmed = true;
            var confirmed = await users.UpdateAsync(user);
            if (!confirmed.Succeeded)
            {
                AddressNotConfirmed(logger, user.Id);
            }
        }

        events.Report(SecurityEventKind.PasswordReset, SecurityEventOutcome.Succeeded, user.Id);
        var ended = await sessions.EndAllAsync(user.Id, SessionEndReason.SecurityChanged, ct);
        PasswordReplaced(logger, user.Id, ended);
        if (user.Email is { } email)
        {
            messages.Enqueue(new AccountMessageRequest(AccountMessageKind.PasswordReplaced, email, site));
        }

        return result;
    }

    /// <summary>The person of a link, whether or not the link still works.</summary>
    internal Task<BankUser?> FindUserAsync(string? userId) =>
        userId is { Length: > 0 and <= 64 } ? users.FindByIdAsync(userId) : Task.FromResult<BankUser?>(null);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The address of user {UserId} could not be marked as confirmed")]
    private static partial void AddressNotConfirmed(ILogger logger, string userId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The password of user {UserId} was replaced by a link; {Sessions} sessions ended")]
    private static partial void PasswordReplaced(ILogger logger, string userId, int sessions);
}
