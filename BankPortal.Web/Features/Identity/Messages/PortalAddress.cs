using BankPortal.Web.Features.Identity.SignIn;

namespace BankPortal.Web.Features.Identity.Messages;

/// <summary>The start of links in messages.</summary>
public sealed class PortalAddress(IOptions<SignInOptions> options, IHostEnvironment environment)
{
    /// <summary>
    /// The portal's public address without a slash at its end. It comes from the configuration. In Development it is the
    /// address of the request; elsewhere the sender of a request could make links lead to their own site.
    /// </summary>
    public string For(HttpRequest request)
    {
        if (options.Value.PublicUrl is { } url)
        {
            return url.ToString().TrimEnd('/');
        }

        return environment.IsDevelopment()
            ? $"{request.Scheme}://{request.Host}{request.PathBase}"
            : throw new InvalidOperationException($"{SignInOptions.Section}:{nameof(SignInOptions.PublicUrl)} is not set.");
    }
}
