using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace BankPortal.Web.Features.Identity.SignIn;

/// <summary>
/// A short-lived cookie only this portal can read: carries a secret of one person from one request to the next (the key of
/// an authenticator being set up, recovery codes about to be shown), so that it is never stored before it is confirmed.
/// </summary>
internal sealed class SealedCookie(IDataProtectionProvider protection, string name, TimeSpan lifetime)
{
    // Browsers keep no longer cookies; a longer one is not ours.
    private const int MaxLength = 4096;

    private readonly ITimeLimitedDataProtector _protector =
        protection.CreateProtector("BankPortal.Web.Identity.SealedCookie", name).ToTimeLimitedDataProtector();

    public void Write(HttpContext context, SessionHandle session, string secret) =>
        context.Response.Cookies.Append(name, _protector.Protect(Prefix(session) + secret, lifetime), Options());

    /// <summary>The secret, if it was written for this session and is not too old.</summary>
    public string? Read(HttpContext context, SessionHandle session)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 and < MaxLength } sealedText)
        {
            return null;
        }

        try
        {
            var text = _protector.Unprotect(sealedText);
            return text.StartsWith(Prefix(session), StringComparison.Ordinal) ? text[Prefix(session).Length..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(name, Options());

    private static string Prefix(SessionHandle session) => $"{session.UserId}\n{session.SessionId}\n";

    private static CookieOptions Options() => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Strict,
        IsEssential = true,
        Path = "/",
    };
}
