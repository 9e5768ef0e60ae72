using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace BankPortal.Infrastructure.Identity.Sessions;

/// <summary>
/// Sends the session cookie only when its key is new. The framework also sends it whenever it refreshes the ticket, with the key that the
/// request came with; when another request has renewed the key meanwhile, that would put the dead key back into the browser.
/// </summary>
internal sealed class SessionCookieManager : ICookieManager
{
    private static readonly object NewKey = new();
    private readonly ChunkingCookieManager _cookies = new();

    /// <summary>Says that the key stored in this request is new.</summary>
    internal static void Announce(HttpContext? context)
    {
        if (context is not null)
        {
            context.Items[NewKey] = true;
        }
    }

    /// <inheritdoc/>
    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, key);

    /// <inheritdoc/>
    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items.Remove(NewKey))
        {
            _cookies.AppendResponseCookie(context, key, value, options);
        }
    }

    /// <inheritdoc/>
    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, key, options);
}
