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
            : throw NotSet();
    }

    /// <summary>As <see cref="For(HttpRequest)"/>, for a circuit.</summary>
    public string For(NavigationManager navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        return options.Value.PublicUrl is { } url ? url.ToString().TrimEnd('/')
            : environment.IsDevelopment() ? navigation.BaseUri.TrimEnd('/')
            : throw NotSet();
    }

    private static InvalidOperationException NotSet() =>
        new($"{SignInOptions.Section}:{nameof(SignInOptions.PublicUrl)} is not set.");
}
