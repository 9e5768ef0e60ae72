using System.Net;
using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Hosting.Security;

/// <summary>Checks <see cref="ProxyOptions"/>.</summary>
internal sealed class ProxyOptionsValidator : IOptionsValidator<ProxyOptions>
{
    public void Check(ProxyOptions options, OptionsErrors errors)
    {
        foreach (var (index, proxy) in options.KnownProxies.Index())
        {
            errors.Require(
                IPAddress.TryParse(proxy, out _), $"{nameof(options.KnownProxies)}:{index}", $"has '{proxy}', which is not an IP address");
        }

        foreach (var (index, network) in options.KnownNetworks.Index())
        {
            errors.Require(
                IPNetwork.TryParse(network, out _),
                $"{nameof(options.KnownNetworks)}:{index}",
                $"has '{network}', which is not a network such as 10.0.0.0/16");
        }

        errors.RequireRange(options.Hops, 1, 10, nameof(options.Hops));
    }
}
