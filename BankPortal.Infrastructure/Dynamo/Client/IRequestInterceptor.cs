namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// Runs between the SDK's retries and the network, so it sees every attempt. All interceptors registered as services are called, the
/// first registered one outermost. Tests count round trips and inject faults with it. Implementations must be thread-safe.
/// </summary>
public interface IRequestInterceptor
{
    /// <summary>
    /// Performs or disturbs one attempt. An exception before <paramref name="send"/> simulates a request that never arrived; an exception
    /// after it, one that was carried out but whose answer was lost. The SDK's retry rules treat the exception like a real failure.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="send">Sends the request and completes when the answer has been read; throws what the database or network
    /// reported.</param>
    /// <param name="ct">Cancelled when the caller cancels.</param>
    Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct);
}
