using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Runs one <see cref="IRequestInterceptor"/> in the SDK's pipeline.</summary>
internal sealed class InterceptingHandler(IRequestInterceptor interceptor) : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        ArgumentNullException.ThrowIfNull(executionContext);

        var context = executionContext.RequestContext;
        var name = context.OriginalRequest.GetType().Name;
        var operation = name.EndsWith("Request", StringComparison.Ordinal) ? name[..^"Request".Length] : name;
        T? response = null;
        await interceptor.InterceptAsync(
            new DynamoRequest(operation, context.OriginalRequest, context.Retries),
            async () => response = await base.InvokeAsync<T>(executionContext),
            context.CancellationToken);
        return response ?? throw new InvalidOperationException($"{interceptor.GetType().Name} neither sent the request nor threw.");
    }
}
