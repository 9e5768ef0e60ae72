using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>A DynamoDB client that runs our interceptors inside the SDK's retries.</summary>
internal sealed class BankDynamoClient : AmazonDynamoDBClient
{
    // The base constructor builds the pipeline before our constructor body runs, so the interceptors are handed over here.
    [ThreadStatic]
    private static IReadOnlyList<IRequestInterceptor>? _handOver;

    private BankDynamoClient(AWSCredentials? credentials, AmazonDynamoDBConfig config)
        : base(credentials, config)
    {
    }

    private BankDynamoClient(AmazonDynamoDBConfig config)
        : base(config)
    {
    }

    /// <summary>Creates a client; without credentials the SDK uses its standard credential chain at the first request.</summary>
    public static BankDynamoClient Create(
        AmazonDynamoDBConfig config, AWSCredentials? credentials, IReadOnlyList<IRequestInterceptor> interceptors)
    {
        _handOver = interceptors;
        try
        {
            return credentials is null ? new BankDynamoClient(config) : new BankDynamoClient(credentials, config);
        }
        finally
        {
            _handOver = null;
        }
    }

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        foreach (var interceptor in (_handOver ?? []).Reverse())
        {
            // A handler after the retry handler is inside it: each retry passes through it again.
            pipeline.AddHandlerAfter<RetryHandler>(new InterceptingHandler(interceptor));
        }

        pipeline.AddHandlerAfter<RetryHandler>(new AttemptHandler());
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            (Config.HttpClientFactory as IDisposable)?.Dispose();
        }
    }
}
