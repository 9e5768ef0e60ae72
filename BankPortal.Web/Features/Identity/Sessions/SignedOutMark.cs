namespace BankPortal.Web.Features.Identity.Sessions;

/// <summary>
/// A cookie that says for a minute that the person signed out in this browser. Its other tabs find their session gone, and must not say
/// that somebody ended it.
/// </summary>
internal static class SignedOutMark
{
    private const string Name = "__Host-bankportal-out";

    // Longer than a tab takes to find out.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    public static void Set(HttpContext context) => context.Response.Cookies.Append(Name, "1", Options(Lifetime));

    public static bool IsSet(HttpContext context) => context.Request.Cookies.ContainsKey(Name);

    /// <summary>Removes the mark: somebody signs in again.</summary>
    public static void Delete(HttpContext context)
    {
        if (IsSet(context))
        {
            context.Response.Cookies.Delete(Name, Options(lifetime: null));
        }
    }

    private static CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = true,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
        MaxAge = lifetime,
    };
}
