namespace BankPortal.Web.Hosting.Security;

/// <summary>
/// The proxies in front of the portal whose word about the browser's address and scheme is believed; section <c>Proxy</c>.
/// Empty when browsers reach the portal directly: then nobody's word is.
/// </summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses of proxies.</summary>
    public string[] KnownProxies { get; set; } = [];

    /// <summary>Networks of proxies in CIDR form, such as <c>10.0.0.0/16</c>.</summary>
    public string[] KnownNetworks { get; set; } = [];

    /// <summary>How many proxies a request passes.</summary>
    public int Hops { get; set; } = 1;
}
