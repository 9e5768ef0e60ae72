using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// A person who can sign in. Loaded whole by the user store and written back by <c>UpdateAsync</c> under the concurrency
/// stamp; the sign-in counters change by themselves, atomically, and are only as fresh as the load.
/// </summary>
public sealed class BankUser
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 20;

    /// <summary>The user's id; short, sorts by creation, says nothing about the person.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name to sign in with: the e-mail address unless somebody decided otherwise.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The user name in the form look-ups use.</summary>
    public string NormalizedUserName { get; set; } = "";

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The e-mail address in the form look-ups use.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Whether the person proved to read the e-mail address.</summary>
    public bool EmailConfirmed { get; set; }

    /// <summary>The full name.</summary>
    public string FullName { get; set; } = "";

    /// <summary>The telephone number.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>Whether the person proved to have the telephone.</summary>
    public bool PhoneNumberConfirmed { get; set; }

    /// <summary>The password's hash (PBKDF2-HMAC-SHA512), if the person has a password.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes whenever credentials do; sessions and tokens issued before are void.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Changes with every update; an update under an older stamp is refused.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>Whether signing in needs a second factor.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>The shared secret of the authenticator app (Base32), if there is one.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Whether failed attempts lock the user. On for everybody.</summary>
    public bool LockoutEnabled { get; set; } = true;

    /// <summary>Until when the user is locked, as last read.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>The failed attempts since the last success, as last read.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// When password, e-mail address or second factor last changed; <see langword="null"/> if they are as they were set up. The fraud
    /// desk's rules ask for it.
    /// </summary>
    public DateTimeOffset? SecurityChangedAt { get; set; }

    /// <summary>Since when the bank lets the person not sign in; <see langword="null"/> for everybody else. Not written by an update.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>The names of the user's roles, in lower case.</summary>
    public ISet<string> Roles { get; init; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>Claims beyond the user's own fields.</summary>
    public IList<Claim> Claims { get; init; } = [];

    /// <summary>The sign-ins elsewhere that are linked to this user.</summary>
    public IList<UserLoginInfo> Logins { get; init; } = [];

    /// <summary>Tokens kept for the user.</summary>
    public IList<BankUserToken> Tokens { get; init; } = [];

    /// <summary>What the store last read or wrote; null for a user that was never stored.</summary>
    internal BankUserSnapshot? Stored { get; set; }

    /// <summary>The hashes of the unused recovery codes.</summary>
    internal HashSet<string> RecoveryCodes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Whether the recovery codes were replaced since the load, so that an update writes them.</summary>
    internal bool RecoveryCodesReplaced { get; set; }

    /// <summary>
    /// Makes a new id: 48 bits of milliseconds and 52 random bits, in lower-case Base32. The store refuses a repeated one.
    /// </summary>
    /// <param name="now">The time the id sorts by.</param>
    public static string NewId(DateTimeOffset now)
    {
        Span<char> id = stackalloc char[IdLength];
        var high = (ulong)now.ToUnixTimeMilliseconds();
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var low = BitConverter.ToUInt64(random);
        for (var i = 9; i >= 0; i--)
        {
            id[i] = Alphabet[(int)(high & 31)];
            high >>= 5;
        }

        for (var i = IdLength - 1; i >= 10; i--)
        {
            id[i] = Alphabet[(int)(low & 31)];
            low >>= 5;
        }

        return new string(id);
    }
}
