using System.Net;
using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// Outside Development: leads plain requests to the encrypted address, except those that ask about the portal's health.
/// A proxy that says "this was encrypted" without being known would cause a circle; it gets told so instead.
/// </summary>
internal sealed partial class EncryptedOnly(
    RequestDelegate next, IOptions<SignInOptions> options, IHostEnvironment environment, ILogger<EncryptedOnly> logger)
{
    private const string ForwardedProto = "X-Forwarded-Proto";

    public Task InvokeAsync(HttpContext context)
    {
        if (
            context.Request.IsHttps
            || environment.IsDevelopment()
            || context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal)
            || options.Value.PublicUrl is not { Scheme: "https" } address
        )
        {
            return next(context);
        }

        if (string.Equals(context.Request.Headers[ForwardedProto], "https", StringComparison.OrdinalIgnoreCase))
        {
            UnlistedProxy(logger, context.Connection.RemoteIpAddress);
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync(
                "The proxy in front of this portal is not set up: its address must be listed in the configuration.",
                context.RequestAborted
            );
        }

        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location =
            address.GetLeftPart(UriPartial.Authority)
            + context.Request.PathBase.ToUriComponent()
            + context.Request.Path.ToUriComponent()
            + context.Request.QueryString.ToUriComponent();
        return Task.CompletedTask;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A proxy at {Address} forwards requests but is not listed in Proxy:KnownProxies or Proxy:KnownNetworks")]
    private static partial void UnlistedProxy(ILogger logger, IPAddress? address);
}
