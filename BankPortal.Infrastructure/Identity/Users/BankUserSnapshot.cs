using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// The fields of a user that live in other rows too, or that others change atomically, as they were when the user was
/// last read or written. An update compares with them to know which rows to move and which fields to leave alone.
/// </summary>
internal sealed record BankUserSnapshot(
    string ConcurrencyStamp,
    string NormalizedUserName,
    string? NormalizedEmail,
    string? AuthenticatorKey,
    DateTimeOffset? LockoutEnd,
    int AccessFailedCount,
    IReadOnlyList<string> Roles,
    IReadOnlyList<UserLoginInfo> Logins);
