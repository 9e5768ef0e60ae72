using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.SignIn;

/// <summary>
/// Makes the cookie between password and code good for one sign-in. The cookie carries a random mark and the security stamp. The mark is
/// stored when a sign-in with it succeeds, so that a copy of the cookie is worthless afterwards; so is every cookie from before a change of
/// the password. Thread-safe.
/// </summary>
internal sealed class HalfWaySignIns(UserRows rows, TimeProvider time)
{
    private const int MarkBytes = 16;
    private const string MarkName = "mark";
    private const string StampName = "stamp";

    // Longer than any such cookie lives.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Makes what the cookie carries.</summary>
    internal static (ClaimsPrincipal Principal, AuthenticationProperties Properties) Begin(BankUser user, string? loginProvider)
    {
        // As the framework reads it: the user's id as the name.
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, user.Id));
        if (loginProvider is not null)
        {
            identity.AddClaim(new Claim(ClaimTypes.AuthenticationMethod, loginProvider));
        }

        var properties = new AuthenticationProperties();
        properties.Items[MarkName] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MarkBytes));
        properties.Items[StampName] = user.SecurityStamp;
        return (new ClaimsPrincipal(identity), properties);
    }

    /// <summary>
    /// Returns whether the cookie was not used and is from after the last change of credentials. A block changes them too; a blocked
    /// person is told so.
    /// </summary>
    internal async Task<bool> IsUnusedAsync(AuthenticationProperties? cookie, BankUser user, CancellationToken ct) =>
        MarkOf(cookie) is { } mark
        && cookie!.Items.TryGetValue(StampName, out var stamp)
        && (user.BlockedAt is not null || string.Equals(stamp, user.SecurityStamp, StringComparison.Ordinal))
        && await rows.GetAsync(KeyOf(mark), ct) is null;

    /// <summary>Uses the cookie up. Of several at the same moment exactly one succeeds.</summary>
    internal async Task<bool> TryUseAsync(AuthenticationProperties? cookie, CancellationToken ct) =>
        MarkOf(cookie) is { } mark && await rows.TryMarkAsync(KeyOf(mark), time.GetUtcNow() + Kept, ct);

    private static string KeyOf(string mark) => "half-way#" + mark;

    private static string? MarkOf(AuthenticationProperties? cookie) =>
        cookie is not null && cookie.Items.TryGetValue(MarkName, out var mark) && mark is { Length: > 0 } ? mark : null;
}
