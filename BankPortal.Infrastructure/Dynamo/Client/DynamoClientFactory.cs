using Amazon;
using Amazon.DynamoDBv2;
using Amazon.Runtime;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Creates the portal's DynamoDB client from its options.</summary>
internal static class DynamoClientFactory
{
    // A placeholder host name: connections go to the engine's current port on loopback.
    private const string EmbeddedAddress = "http://embedded-dynamodb";

    /// <summary>Creates the client.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="embeddedPort">Returns the port the embedded engine listens on now; needed in mode Embedded only.</param>
    /// <param name="interceptors">The interceptors between the retries and the network, outermost first.</param>
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
        // Local engines accept any signature but require one. These are not secrets.
        return BankDynamoClient.Create(config, new BasicAWSCredentials("local", "local"), interceptors);
    }
}
