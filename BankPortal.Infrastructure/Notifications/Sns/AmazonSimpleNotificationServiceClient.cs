using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Transform;

namespace BankPortal.Infrastructure.Notifications.Sns;

/// <summary>
/// A client of Amazon Simple Notification Service on the SDK's own pipeline: credentials, Signature Version 4, retries, time-outs and
/// endpoints are AWSSDK.Core's; this class adds the query protocol (API version 2010-03-31). Thread-safe.
/// </summary>
public sealed class AmazonSimpleNotificationServiceClient : AmazonServiceClient, IAmazonSimpleNotificationService
{
    private static readonly SnsMetadata Metadata = new();

    /// <summary>Creates a client with the credentials of the environment.</summary>
    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig config)
        : base(config)
    {
    }

    /// <summary>Creates a client with the given credentials.</summary>
    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig config)
        : base(credentials, config)
    {
    }

    /// <inheritdoc/>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public Task<CreateTopicResponse> CreateTopicAsync(CreateTopicRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<CreateTopicResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<DeleteTopicResponse> DeleteTopicAsync(DeleteTopicRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<DeleteTopicResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<SubscribeResponse> SubscribeAsync(SubscribeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<SubscribeResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ConfirmSubscriptionResponse> ConfirmSubscriptionAsync(
        ConfirmSubscriptionRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<ConfirmSubscriptionResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<UnsubscribeResponse> UnsubscribeAsync(UnsubscribeRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<UnsubscribeResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<PublishResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<PublishBatchResponse> PublishBatchAsync(PublishBatchRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<PublishBatchResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributesAsync(
        GetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<GetSubscriptionAttributesResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributesAsync(
        SetSubscriptionAttributesRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<SetSubscriptionAttributesResponse>(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopicAsync(
        ListSubscriptionsByTopicRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<ListSubscriptionsByTopicResponse>(request, cancellationToken);

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new SnsEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SnsAuthSchemeHandler());
    }

    private Task<TResponse> SendAsync<TResponse>(AmazonSimpleNotificationServiceRequest request, CancellationToken ct)
        where TResponse : AmazonSimpleNotificationServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions
        {
            RequestMarshaller = SnsMarshaller.Instance,
            ResponseUnmarshaller = SnsUnmarshaller<TResponse>.Instance,
        };
        return InvokeAsync<TResponse>(request, options, ct);
    }

    private sealed class SnsMetadata : IServiceMetadata
    {
        public string ServiceId => "SNS";

        public IDictionary<string, string> OperationNameMapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
    }

    private sealed class SnsEndpointResolver : BaseEndpointResolver
    {
        protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
        {
            var config = requestContext.ClientConfig;
            return new SnsEndpointParameters
            {
                Region = config.RegionEndpoint?.SystemName,
                Address = config.ServiceURL,
                DualStack = config.UseDualstackEndpoint,
                Fips = config.UseFIPSEndpoint,
            };
        }

        protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters) =>
            InjectHostPrefix(executionContext.RequestContext);
    }

    private sealed class SnsAuthSchemeHandler : BaseAuthResolverHandler
    {
        protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
            AuthSchemeOption.DEFAULT_SIGV4;
    }

    private sealed class SnsMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
    {
        public static SnsMarshaller Instance { get; } = new();

        public IRequest Marshall(AmazonWebServiceRequest input)
        {
            var asked = (AmazonSimpleNotificationServiceRequest)input;
            var request = new DefaultRequest(asked, "BankPortal.Infrastructure.Notifications.Sns") { HttpMethod = "POST" };
            request.ParameterCollection.Add("Action", asked.Action);
            request.ParameterCollection.Add("Version", "2010-03-31");
            asked.Write(new SnsFields(request.ParameterCollection));
            return request;
        }
    }

    private sealed class SnsUnmarshaller<TResponse> : XmlResponseUnmarshaller
        where TResponse : AmazonSimpleNotificationServiceResponse, new()
    {
        public static SnsUnmarshaller<TResponse> Instance { get; } = new();

        public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
        {
            var response = new TResponse { ResponseMetadata = new ResponseMetadata() };
            Read(
                input,
                (name, text) =>
                {
                    if (name == "RequestId")
                    {
                        response.ResponseMetadata.RequestId = text();
                    }
                    else
                    {
                        response.Take(name, text);
                    }
                });
            return response;
        }

        public override AmazonServiceException UnmarshallException(
            XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
        {
            string? code = null, message = null, type = null, requestId = null;
            Read(
                input,
                (name, text) =>
                {
                    switch (name)
                    {
                        case "Code":
                            code = text();
                            break;
                        case "Message":
                            message = text();
                            break;
                        case "Type":
                            type = text();
                            break;
                        case "RequestId":
                            requestId = text();
                            break;
                    }
                });
            var blame = type switch
            {
                "Sender" => ErrorType.Sender,
                "Receiver" => ErrorType.Receiver,
                _ => ErrorType.Unknown,
            };
            return AmazonSimpleNotificationServiceException.Of(
                new SnsFault(code, message ?? innerException?.Message ?? "SNS refused the request.", blame, requestId, statusCode, innerException));
        }

        private static void Read(XmlUnmarshallerContext context, Action<string, Func<string>> take)
        {
            while (context.Read())
            {
                if (context.IsStartElement)
                {
                    take(context.CurrentPath[(context.CurrentPath.LastIndexOf('/') + 1)..], context.ReadText);
                }
            }
        }
    }
}
