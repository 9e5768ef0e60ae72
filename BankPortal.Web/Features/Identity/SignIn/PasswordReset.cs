using System.Diagnostics;
using System.Text;
using BankPortal.Infrastructure.Identity.Sessions;
using BankPortal.Web.Features.Identity.Messages;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>The ways back in by mail: a new password for who forgot it, and the confirmation of a registration.</summary>
public sealed partial class PasswordReset(
    UserManager<BankUser> users,
    ISessionRegistry sessions,
    AccountMessageQueue messages,
    NeutralAnswer neutral,
    ILogger<PasswordReset> logger)
{
    /// <summary>Asks for a link. The answer, and the time it takes, is the same for every address.</summary>
    public async Task RequestAsync(string email, string site, CancellationToken ct = default)
    {
        var startedAt = Stopwatch.GetTimestamp();
        messages.Enqueue(new AccountMessageRequest(AccountMessageKind.PasswordForgotten, email, site));
        await neutral.WaitAsync(startedAt, ct);
    }

    /// <summary>The person a reset link belongs to while it works; <see langword="null"/> when it was used or is too old.</summary>
    public async Task<BankUser?> FindAsync(string? userId, string? token)
    {
        // While the bank blocks signing in, no link leads past it.
        if (await FindUserAsync(userId) is not { BlockedAt: null } user || Decode(token) is not { } code)
        {
            return null;
        }

        var provider = users.Options.Tokens.PasswordResetTokenProvider;
        return await users.VerifyUserTokenAsync(user, provider, UserManager<BankUser>.ResetPasswordTokenPurpose, code) ? user : null;
    }

    /// <summary>Replaces the password and ends every session. The link is used up by it. Who could open the link reads the mailbox, so the address counts as confirmed.</summary>
    public async Task<IdentityResult> ResetAsync(BankUser user, string? token, string password, string site, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var result = await users.ResetPasswordAsync(user, Decode(token) ?? "", password);
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

        var ended = await sessions.EndAllAsync(user.Id, SessionEndReason.SecurityChanged, ct);
        PasswordReplaced(logger, user.Id, ended);
        if (user.Email is { } email)
        {
            messages.Enqueue(new AccountMessageRequest(AccountMessageKind.PasswordReplaced, email, site));
        }

        return result;
    }

    /// <summary>The person a link names, whether or not the link still works.</summary>
    internal Task<BankUser?> FindUserAsync(string? userId) =>
        userId is { Length: > 0 and <= 64 } ? users.FindByIdAsync(userId) : Task.FromResult<BankUser?>(null);

    /// <summary>The token as it was made; <see langword="null"/> when the text is no token.</summary>
    internal static string? Decode(string? token)
    {
        if (token is not { Length: > 0 and <= 4096 })
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The address of user {UserId} could not be marked as confirmed")]
    private static partial void AddressNotConfirmed(ILogger logger, string userId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The password of user {UserId} was replaced by a link; {Sessions} sessions ended")]
    private static partial void PasswordReplaced(ILogger logger, string userId, int sessions);
}
