using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>
/// A person who can sign in. The user store reads it as a whole and <c>UpdateAsync</c> writes it back under the concurrency stamp. The
/// sign-in counters are updated separately and atomically; here they are as fresh as the last read.
/// </summary>
public sealed class BankUser
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int IdLength = 20;

    /// <summary>The user id: short, sortable by creation time, without personal data.</summary>
    public string Id { get; set; } = "";

    /// <summary>The name to sign in with; the e-mail address by default.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The normalised user name used for look-ups.</summary>
    public string NormalizedUserName { get; set; } = "";

    /// <summary>The e-mail address.</summary>
    public string? Email { get; set; }

    /// <summary>The normalised e-mail address used for look-ups.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Whether the person has confirmed the e-mail address.</summary>
    public bool EmailConfirmed { get; set; }

    /// <summary>The full name.</summary>
    public string FullName { get; set; } = "";

    /// <summary>The telephone number.</summary>
    public string? PhoneNumber { get; set; }

    /// <summary>Whether the person has confirmed the telephone number.</summary>
    public bool PhoneNumberConfirmed { get; set; }

    /// <summary>The password hash (PBKDF2-HMAC-SHA512); <see langword="null"/> without a password.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes whenever credentials change; older sessions and tokens are then invalid.</summary>
    public string SecurityStamp { get; set; } = "";

    /// <summary>Changes with every update; an update with an older stamp is refused.</summary>
    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>Whether the authenticator is on, so that signing in with the password needs a code as well.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>Whether the person has a passkey.</summary>
    public bool HasPasskeys => PasskeyRows.Count > 0;

    /// <summary>How many passkeys the person has.</summary>
    public int PasskeyCount => PasskeyRows.Count;

    /// <summary>Whether the password alone does not sign in: the person has an authenticator or a passkey.</summary>
    public bool HasSecondFactor => TwoFactorEnabled || HasPasskeys;

    /// <summary>The shared secret of the authenticator app (Base32), if there is one.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>The key that is being set up and the step of the code that confirmed it; stored as used together with the key.</summary>
    internal (string Key, long Step)? ConfirmedStep { get; set; }

    /// <summary>Whether failed attempts lock the user out. On for everybody.</summary>
    public bool LockoutEnabled { get; set; } = true;

    /// <summary>When the lockout ends, as of the last read.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>The number of failed attempts since the last success, as of the last read.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>
    /// When the password, e-mail address or second factor last changed; <see langword="null"/> when they are unchanged since
    /// registration. Fraud rules use it.
    /// </summary>
    public DateTimeOffset? SecurityChangedAt { get; set; }

    /// <summary>When the bank blocked signing in; <see langword="null"/> when it is not blocked. Not written by an update.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>
    /// When the last lockout ends that wrong attempts of unknown devices began; <see langword="null"/> when there was none. Kept after the
    /// lockout, so that the person can be told.
    /// </summary>
    public DateTimeOffset? TriesLockEnd { get; internal set; }

    /// <summary>The names of the user's roles, in lower case.</summary>
    public ISet<string> Roles { get; init; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>Claims beyond the user's own fields.</summary>
    public IList<Claim> Claims { get; init; } = [];

    /// <summary>External sign-ins linked to this user.</summary>
    public IList<UserLoginInfo> Logins { get; init; } = [];

    /// <summary>Tokens stored for the user.</summary>
    public IList<BankUserToken> Tokens { get; init; } = [];

    /// <summary>The values the store last read or wrote; <see langword="null"/> for a user that was never stored.</summary>
    internal BankUserSnapshot? Stored { get; set; }

    /// <summary>When the lockout ends that wrong attempts began on this device, which is known; set by an attempt.</summary>
    internal DateTimeOffset? DeviceLockEnd { get; set; }

    /// <summary>The hashes of the unused recovery codes.</summary>
    internal HashSet<string> RecoveryCodes { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The keys of the rows of the person's passkeys.</summary>
    internal SortedSet<string> PasskeyRows { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The passkeys that the next update stores, by the keys of their rows.</summary>
    internal Dictionary<string, UserPasskeyInfo> NewPasskeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the recovery codes were replaced since the last read, so that an update must write them.</summary>
    internal bool RecoveryCodesReplaced { get; set; }

    /// <summary>
    /// Creates a new id: 48 bits of milliseconds and 52 random bits, in lower-case Base32. The store refuses a duplicate.
    /// </summary>
    /// <param name="now">The time that ids are sorted by.</param>
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
