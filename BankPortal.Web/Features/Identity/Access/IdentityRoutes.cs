namespace BankPortal.Web.Features.Identity.Access;

/// <summary>Addresses of the pages about the signed-in person.</summary>
public static class IdentityRoutes
{
    /// <summary>The sign-in page.</summary>
    public const string SignIn = "/auth/login";

    /// <summary>Password, authenticator and sessions at a glance.</summary>
    public const string Security = "/identity/security";

    /// <summary>Changing the password.</summary>
    public const string Password = "/identity/password";

    /// <summary>Turning the authenticator off.</summary>
    public const string AuthenticatorOff = "/identity/authenticator/off";

    /// <summary>Setting up the authenticator.</summary>
    public const string Authenticator = "/identity/authenticator";

    /// <summary>Adding a passkey.</summary>
    public const string PasskeyAdd = "/identity/passkeys/add";

    /// <summary>Renaming or removing a passkey.</summary>
    public const string Passkey = "/identity/passkeys/edit";

    /// <summary>Options for the browser's passkey dialog, for a signed-in person.</summary>
    public const string PasskeyOptions = "/identity/passkeys/options";

    /// <summary>Options for the browser's passkey dialog, for signing in.</summary>
    public const string PasskeySignInOptions = "/auth/passkey/options";

    /// <summary>Recovery codes, shown once.</summary>
    public const string RecoveryCodes = "/identity/recovery-codes";

    /// <summary>Name, phone, e-mail, preferences.</summary>
    public const string Profile = "/identity/profile";

    /// <summary>Asks for another e-mail address.</summary>
    public const string Email = "/identity/email";

    /// <summary>Confirms a new e-mail address from the link in a message.</summary>
    public const string ConfirmEmailChange = "/identity/confirm-email-change";

    /// <summary>Proves the second factor again.</summary>
    public const string Verify = "/identity/verify";

    /// <summary>Tells a tab how long its session still lives.</summary>
    public const string SessionStatus = "/identity/session";

    /// <summary>Advice about a password while it is typed.</summary>
    public const string PasswordAdvice = "/auth/password-advice";

    /// <summary>The sign-in page, saying why a session is over and leading back afterwards.</summary>
    public static string SignInAfter(SessionEndReason reason, string? returnUrl)
    {
        var address = $"{SignIn}?reason={Word(reason)}";
        return LocalUrl.IsLocal(returnUrl) && returnUrl is not "/" ? $"{address}&returnUrl={Uri.EscapeDataString(returnUrl!)}" : address;
    }

    /// <summary>The text for a reason in an address.</summary>
    public static string Word(SessionEndReason reason) => reason switch
    {
        SessionEndReason.Idle => "idle",
        SessionEndReason.TooLong => "absolute",
        SessionEndReason.SignedOut => "signedout",
        SessionEndReason.SecurityChanged => "security",
        _ => "ended",
    };

    /// <summary>The page about one passkey.</summary>
    public static string PasskeyOf(string id) => $"{Passkey}?id={Uri.EscapeDataString(id)}";

    /// <summary>The page that asks for the second factor and leads back.</summary>
    public static string VerifyThen(string returnUrl) => $"{Verify}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>The page that asks to confirm a payment and leads back.</summary>
    public static string ConfirmThen(string confirmationId, string returnUrl) =>
        $"{Verify}?confirm={Uri.EscapeDataString(confirmationId)}&returnUrl={Uri.EscapeDataString(returnUrl)}";
}
