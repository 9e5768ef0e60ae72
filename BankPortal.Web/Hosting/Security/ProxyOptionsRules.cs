using System.Net;
using BankPortal.Infrastructure.Common;

namespace BankPortal.Web.Hosting.Security;

/// <summary>The rules for <see cref="ProxyOptions"/>.</summary>
internal sealed class ProxyOptionsRules : IOptionsRules<ProxyOptions>
{
    public void Check(ProxyOptions options, OptionsErrors mistakes)
    {
        foreach (var proxy in options.KnownProxies)
        {
            mistakes.Require(IPAddress.TryParse(proxy, out _), nameof(options.KnownProxies), $"has '{proxy}', which is not an IP address");
        }

        foreach (var network in options.KnownNetworks)
        {
            mistakes.Require(IPNetwork.TryParse(network, out _), nameof(options.KnownNetworks), $"has '{network}', which is not a network such as 10.0.0.0/16");
        }

        mistakes.RequireRange(options.Hops, 1, 10, nameof(options.Hops));
    }
}
