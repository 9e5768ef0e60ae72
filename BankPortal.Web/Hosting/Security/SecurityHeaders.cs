using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;

namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// Tells the browser what our pages may do: run only our own scripts, talk only to us, be framed by nobody.
/// Styles may be inline because the component library sets sizes and positions in style attributes.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<AntiforgeryOptions> antiforgery)
{
    private const string PermissionsPolicy =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self), clipboard-write=(self)";

    public Task InvokeAsync(HttpContext context)
    {
        // At the start of the response, so that the error page, which clears the headers, has them too.
        context.Response.OnStarting(() =>
        {
            Apply(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy(context.Request);
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Pages hold personal figures: no cache, shared or private, may keep them. Static files say otherwise themselves.
        if (MayBeKept(context))
        {
            // Theme and number formats come from cookies and language; whoever has signed in has other cookies.
            headers.CacheControl = "private, max-age=60";
            headers.Append(HeaderNames.Vary, "Cookie, Accept-Language");
            headers.Remove(HeaderNames.Pragma);
            headers.Remove(HeaderNames.SetCookie);
        }
        else if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }

    // Pages with forms are not among them: their token belongs to one browser, and what somebody typed must not come back with
    // the back button after signing out. The framework sets the token's cookie on pages without a form, too; they need none.
    private bool MayBeKept(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PublicPageAttribute>() is { MayBeKept: true }
        && context.Response.StatusCode == StatusCodes.Status200OK
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.User.Identity?.IsAuthenticated != true
        && context.Response.Headers.SetCookie.All(cookie =>
            cookie?.StartsWith(antiforgery.Value.Cookie.Name + "=", StringComparison.Ordinal) == true);

    /// <summary>The policy. The web socket is named besides 'self' because not every browser counts it as the same origin.</summary>
    internal static string ContentSecurityPolicy(HttpRequest request)
    {
        var socket = request.Host.HasValue && IsPlainHost(request.Host.Value!)
            ? $" {(request.IsHttps ? "wss" : "ws")}://{request.Host.Value}"
            : "";

        return "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
            $"font-src 'self'; connect-src 'self'{socket}; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; " +
            "base-uri 'self'; form-action 'self'";
    }

    // The Host header comes from outside and lands in a header: only the characters of a host and a port pass.
    private static bool IsPlainHost(string host) =>
        host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':' or '[' or ']');
}
