using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Builds the one client of the portal from its options.</summary>
internal static class DynamoClientFactory
{
    // A name, not a place: connections go to the engine's current port on loopback.
    private const string EmbeddedAddress = "http://embedded-dynamodb";

    /// <summary>Builds the client.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="embeddedPort">Where the embedded engine listens now; needed in mode Embedded only.</param>
    /// <param name="interceptors">What stands between the retries and the network, outermost first.</param>
    public static IAmazonDynamoDB Create(DynamoOptions options, Func<int>? embeddedPort, IReadOnlyList<IRequestInterceptor> interceptors)
    {
        var config = new AmazonDynamoDBConfig
        {
            HttpClientFactory = new DynamoHttpClientFactory(options, options.Mode == DynamoMode.Embedded ? embeddedPort : null),
            RetryMode = options.RetryMode,
            MaxErrorRetry = options.MaxRetries,
            ThrottleRetries = true,
            DisableRequestCompression = true,
        };

        if (options.Mode == DynamoMode.Aws)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
            return BankDynamoClient.Create(config, credentials: null, interceptors);
        }

        config.ServiceURL = options.Mode == DynamoMode.Embedded ? EmbeddedAddress : options.Endpoint!.AbsoluteUri;
        config.AuthenticationRegion = options.Region ?? "us-east-1";
        // Local engines take any signature, but want one. These are not secrets.
        return BankDynamoClient.Create(config, new BasicAWSCredentials("local", "local"), interceptors);
    }
}
