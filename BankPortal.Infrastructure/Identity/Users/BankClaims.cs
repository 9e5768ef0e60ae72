namespace BankPortal.Infrastructure.Identity.Users;

/// <summary>The claims of a signed-in person beyond the framework's own (id, name, e-mail, roles, security stamp).</summary>
public static class BankClaims
{
    /// <summary>The session's public id; a handle for listing and ending it, of no use for signing in.</summary>
    public const string SessionId = "bank:sid";

    /// <summary>The person's full name, to greet by.</summary>
    public const string FullName = "bank:name";

    /// <summary>How the person signed in (RFC 8176): <c>pwd</c>, or <c>mfa</c> when a second factor was given too.</summary>
    public const string AuthenticationMethod = "amr";

    /// <summary>The value of <see cref="AuthenticationMethod"/> after a second factor.</summary>
    public const string MultiFactor = "mfa";
}
