using System.ComponentModel.DataAnnotations;
using System.Net;

namespace BankPortal.Web.Identity;

/// <summary>
/// The proxies in front of the portal whose word about the browser's address and scheme is believed; section <c>Proxy</c>.
/// Empty when browsers reach the portal directly.
/// </summary>
public sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "Proxy";

    /// <summary>Addresses of proxies.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>Networks of proxies in CIDR form, such as <c>10.0.0.0/16</c>.</summary>
    public string[] KnownNetworks { get; set; } = [];

    /// <summary>How many proxies a request passes.</summary>
    public int Hops { get; set; } = 1;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in KnownProxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
        {
            yield return new ValidationResult($"{Section}:KnownProxies: '{proxy}' is not an IP address.", [nameof(KnownProxies)]);
        }

        foreach (var network in KnownNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
        {
            yield return new ValidationResult($"{Section}:KnownNetworks: '{network}' is not a network such as 10.0.0.0/16.", [nameof(KnownNetworks)]);
        }

        if (Hops is < 1 or > 10)
        {
            yield return new ValidationResult($"{Section}:Hops must be from 1 to 10.", [nameof(Hops)]);
        }
    }
}
