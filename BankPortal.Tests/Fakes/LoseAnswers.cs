using Amazon.Runtime;

namespace BankPortal.Tests.Fakes;

/// <summary>Lets requests of one operation take effect and loses their answers.</summary>
public sealed class LoseAnswers(string operation) : IRequestInterceptor
{
    private int _remaining;

    public int Remaining
    {
        get => Volatile.Read(ref _remaining);
        set => Volatile.Write(ref _remaining, value);
    }

    public async Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
    {
        await send();
        if (request.Operation == operation && Interlocked.Decrement(ref _remaining) >= 0)
        {
            throw new AmazonClientException("The connection was closed before the answer came.");
        }

        if (Remaining < 0)
        {
            Remaining = 0;
        }
    }
}
