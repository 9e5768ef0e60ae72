using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>The client's configuration, with the settings and the endpoint rules of the SDK.</summary>
public sealed class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    // The SDK's "standard" mode: retries with back-off and time-outs as in its own clients.
    private static readonly DefaultConfiguration Standard = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
        ConnectTimeout = TimeSpan.FromMilliseconds(3_100),
        TlsNegotiationTimeout = TimeSpan.FromMilliseconds(3_100),
    };

    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("SNS", "4.1.0");

    /// <summary>Creates the configuration; set the region, or a service address.</summary>
    public AmazonSimpleNotificationServiceConfig()
        : base(new DefaultConfigurationProvider([Standard]))
    {
        ServiceId = "SNS";
        AuthenticationServiceName = "sns";
        EndpointProvider = new SnsEndpoints();
    }

    /// <inheritdoc/>
    public override string ServiceVersion => "2010-03-31";

    /// <inheritdoc/>
    public override string UserAgent => Agent;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => "sns";

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        var where = new SnsEndpointParameters
        {
            Region = RegionEndpoint?.SystemName,
            Address = ServiceURL,
            DualStack = UseDualstackEndpoint,
            Fips = UseFIPSEndpoint,
        };
        return EndpointProvider.ResolveEndpoint(where);
    }
}

/// <summary>What an endpoint depends on.</summary>
internal sealed class SnsEndpointParameters : EndpointParameters
{
    public string? Region { get; init; }

    public string? Address { get; init; }

    public bool DualStack { get; init; }

    public bool Fips { get; init; }
}

/// <summary>The endpoint rules of the service: an address that is given, otherwise the region's.</summary>
internal sealed class SnsEndpoints : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var where = (SnsEndpointParameters)parameters;
        if (where.Address is { Length: > 0 } address)
        {
            return new Endpoint(address.TrimEnd('/'));
        }

        var region = where.Region ?? throw new AmazonClientException("No region and no service address is configured for SNS.");
        var suffix = Amazon.RegionEndpoint.GetBySystemName(region).PartitionDnsSuffix;
        suffix = where.DualStack ? suffix.Replace("amazonaws.com", "api.aws", StringComparison.Ordinal) : suffix;
        return new Endpoint($"https://sns{(where.Fips ? "-fips" : "")}.{region}.{suffix}");
    }
}
