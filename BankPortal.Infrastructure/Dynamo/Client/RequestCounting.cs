namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>Reports each attempt to the <see cref="RequestCounter"/> of its asynchronous flow, if there is one. Thread-safe.</summary>
public sealed class RequestCounting : IRequestInterceptor
{
    // A count of events instead of a clock: two requests overlap exactly when their events interleave, however coarse the clock is.
    private static long _events;

    /// <inheritdoc/>
    public async Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(send);

        if (RequestCounter.Current is not { } counter)
        {
            await send();
            return;
        }

        var start = Interlocked.Increment(ref _events);
        try
        {
            await send();
        }
        finally
        {
            counter.Add(request.Operation, start, Interlocked.Increment(ref _events));
        }
    }
}
