using System.Security.Claims;

namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>The claims of a signed-in person beyond the framework's own (id, name, e-mail, roles, security stamp).</summary>
public static class BankClaims
{
    /// <summary>The public session id; used to list and end the session, useless for signing in.</summary>
    public const string SessionId = "bank:sid";

    /// <summary>The number of the session key that the principal came with; zero until the key is renewed.</summary>
    public const string KeyNumber = "bank:key";

    /// <summary>The person's full name, for display.</summary>
    public const string FullName = "bank:name";

    /// <summary>The authentication method (RFC 8176): <c>pwd</c>, or <c>mfa</c> after a second factor.</summary>
    public const string AuthenticationMethod = "amr";

    /// <summary>The value of <see cref="AuthenticationMethod"/> after a second factor.</summary>
    public const string MultiFactor = "mfa";

    /// <summary>The kind of second factor that the session was last proven with: one of the values below.</summary>
    public const string Factor = "bank:factor";

    /// <summary>The value of <see cref="Factor"/> for a code from an authenticator app.</summary>
    public const string FactorCode = "code";

    /// <summary>The value of <see cref="Factor"/> for a recovery code.</summary>
    public const string FactorRecoveryCode = "recovery-code";

    /// <summary>The value of <see cref="Factor"/> for a passkey.</summary>
    public const string FactorPasskey = "passkey";

    /// <summary>Reads <see cref="KeyNumber"/>.</summary>
    public static long KeyNumberOf(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var text = principal.FindFirstValue(KeyNumber);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
