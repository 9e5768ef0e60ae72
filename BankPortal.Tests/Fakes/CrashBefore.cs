namespace BankPortal.Tests.Fakes;

/// <summary>Ends the work before a request of one operation is sent, as the death of the process would.</summary>
/// <param name="operation">The operation, such as <c>PutItem</c>.</param>
internal sealed class CrashBefore(string operation) : IRequestInterceptor
{
    private int _seen;

    /// <summary>Whether it ends the work.</summary>
    public bool Armed { get; set; }

    /// <summary>How many requests of the operation are let through first.</summary>
    public int Spared { get; init; }

    public Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct) =>
        Armed && request.Operation == operation && Interlocked.Increment(ref _seen) > Spared
            ? throw new InvalidOperationException("The process ends here.")
            : send();
}
