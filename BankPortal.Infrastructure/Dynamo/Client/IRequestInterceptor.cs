namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// Stands between the SDK's retries and the network, so it sees every single try. All interceptors registered as services
/// are called, the first registered outermost. Tests count round trips and inject faults here.
/// </summary>
public interface IRequestInterceptor
{
    /// <summary>
    /// Performs or disturbs one try. Throwing before <paramref name="send"/> is a request that never arrived; throwing after it,
    /// one that was carried out and whose answer was lost. What is thrown meets the SDK's retry rules like a real failure.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="send">Sends the request and completes when the answer has been read, or throws what the database or network threw.</param>
    /// <param name="ct">Cancelled when the caller gives up.</param>
    Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct);
}
