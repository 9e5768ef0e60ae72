namespace BankPortal.Bench;

/// <summary>Puts a distance between the portal and the engine, as there is one between a node and DynamoDB.</summary>
internal sealed class Latency(TimeSpan oneWay) : IRequestInterceptor
{
    public async Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
    {
        await Task.Delay(oneWay, ct);
        await send();
    }
}
