using BankPortal.Web.Features.Identity.SignIn;
using Microsoft.Extensions.Primitives;

namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// Outside Development: refuses requests for another host than that of <c>SignIn:PublicUrl</c> or this machine's own names, so
/// that nothing made from a request (a link, a cached page, a circuit) carries a name that somebody else chose. Load balancers
/// ask for the portal's health by its network address. The setting <c>AllowedHosts</c> replaces the list; the framework then
/// filters by it.
/// </summary>
internal sealed partial class KnownHosts(
    RequestDelegate next,
    IOptions<SignInOptions> signIn,
    IConfiguration configuration,
    IHostEnvironment environment,
    ILogger<KnownHosts> logger)
{
    private readonly StringSegment[]? _hosts = environment.IsDevelopment() || configuration["AllowedHosts"] is { Length: > 0 }
        ? null
        : Of(signIn.Value.PublicUrl);

    private int _isReported;

    public Task InvokeAsync(HttpContext context)
    {
        if (_hosts is null
            || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            || (context.Request.Host.Value is { Length: > 0 } host && HostString.MatchesAny(host, _hosts)))
        {
            return next(context);
        }

        if (Interlocked.Exchange(ref _isReported, 1) == 0)
        {
            Refused(logger);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("This portal is not reached by that host name.", context.RequestAborted);
    }

    // Browsers send a name with other letters than ASCII in its encoded form.
    private static StringSegment[] Of(Uri? address) =>
        address is null ? ["localhost", "127.0.0.1", "[::1]"] : ["localhost", "127.0.0.1", "[::1]", address.Host, address.IdnHost];

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A request named another host than SignIn:PublicUrl and was refused; further ones are not logged. If a proxy in front "
            + "of the portal changes the host name, list the name it sends in AllowedHosts, beside the public one")]
    private static partial void Refused(ILogger logger);
}
