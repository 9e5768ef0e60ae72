namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// Lets only our own pages open a circuit. Web sockets are not held by the browser's same-origin rule and carry the
/// visitor's cookies, so the <c>Origin</c> header has to be checked here.
/// </summary>
internal sealed partial class CircuitOriginCheck(RequestDelegate next, IOptions<ShellOptions> options, ILogger<CircuitOriginCheck> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (
            !context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            || IsOurs(context.Request, options.Value)
        )
        {
            return next(context);
        }

        RefusedOrigin(logger);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>
    /// Whether the request comes from one of our pages. An upgrade to a web socket must name its origin; a browser always does.
    /// </summary>
    internal static bool IsOurs(HttpRequest request, ShellOptions options)
    {
        var origin = request.Headers.Origin;
        if (origin.Count == 0)
        {
            return !IsUpgrade(request);
        }

        if (origin.Count > 1 || !Uri.TryCreate(origin[0], UriKind.Absolute, out var uri))
        {
            return false;
        }

        if (options.AllowedOrigins.Contains(origin[0], StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        // The scheme is not compared: behind a proxy that ends TLS the request arrives as plain http.
        return uri.Scheme is "http" or "https"
            && string.Equals(uri.Authority, Normalised(request.Host, uri.Scheme), StringComparison.OrdinalIgnoreCase);
    }

    // An HTTP/1.1 upgrade, or an HTTP/2 extended CONNECT.
    private static bool IsUpgrade(HttpRequest request) =>
        HttpMethods.IsConnect(request.Method)
        || request.Headers.Upgrade.Any(value => string.Equals(value, "websocket", StringComparison.OrdinalIgnoreCase));

    private static string Normalised(HostString host, string scheme) =>
        host.Port is { } port && port == (scheme == "https" ? 443 : 80) ? host.Host : host.Value ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit was refused: the Origin header names another site.")]
    private static partial void RefusedOrigin(ILogger logger);
}
