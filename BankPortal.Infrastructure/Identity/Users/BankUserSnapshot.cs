using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// The fields of a user that other rows repeat or that change atomically, as of the last read or write. An update compares with them to
/// decide which rows to move and which fields to leave alone.
/// </summary>
internal sealed record BankUserSnapshot(
    string ConcurrencyStamp,
    string NormalizedUserName,
    string? NormalizedEmail,
    string? AuthenticatorKey,
    DateTimeOffset? LockoutEnd,
    int AccessFailedCount,
    IReadOnlyList<string> Roles,
    IReadOnlyList<UserLoginInfo> Logins,
    IReadOnlyList<string> PasskeyRows)
{
    /// <summary>The wrong attempts that were taken out of <see cref="AccessFailedCount"/>, as of the last read.</summary>
    internal long FailuresCleared { get; init; }

    /// <summary>The password hash.</summary>
    internal string? PasswordHash { get; init; }

    /// <summary>The security stamp.</summary>
    internal string SecurityStamp { get; init; } = "";

    /// <summary>Whether signing in needs a second factor.</summary>
    internal bool TwoFactorEnabled { get; init; }
}
