using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>The SDK's client with our interceptors inside its retries.</summary>
internal sealed class BankDynamoClient : AmazonDynamoDBClient
{
    // The base constructor builds the pipeline before our own constructor's body could run, hence the hand-over.
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

    /// <summary>Creates a client; without credentials the SDK's standard chain looks for them at the first request.</summary>
    public static BankDynamoClient Create(AmazonDynamoDBConfig config, AWSCredentials? credentials, IReadOnlyList<IRequestInterceptor> interceptors)
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
            // "After" the retries means inside them: each repeat passes here again.
            pipeline.AddHandlerAfter<RetryHandler>(new InterceptingHandler(interceptor));
        }
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
