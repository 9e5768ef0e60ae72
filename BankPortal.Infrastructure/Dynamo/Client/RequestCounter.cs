using System.Collections.Concurrent;

namespace BankPortal.Infrastructure.Dynamo.Client;

/// <summary>
/// Counts the requests of the asynchronous flow that started it, until it is disposed. Counters may be nested. Counts only requests of
/// clients that have <see cref="RequestCounting"/> among their interceptors. Thread-safe.
/// </summary>
public sealed class RequestCounter : IDisposable
{
    private static readonly AsyncLocal<RequestCounter?> CurrentFlow = new();

    private readonly RequestCounter? _outer;
    private readonly ConcurrentQueue<(string Operation, long Start, long End)> _requests = new();

    private RequestCounter(RequestCounter? outer) => _outer = outer;

    /// <summary>The number of requests sent, retries included.</summary>
    public int Total => _requests.Count;

    /// <summary>The number of requests sent for each operation.</summary>
    public IReadOnlyDictionary<string, int> ByOperation =>
        _requests.GroupBy(r => r.Operation, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    /// <summary>
    /// The length of the longest chain of requests that each began after the one before had ended: how many times in a row the user
    /// waited for the database. Parallel requests count once.
    /// </summary>
    public int SequentialRoundTrips
    {
        get
        {
            var chain = 0;
            var lastEnd = long.MinValue;
            foreach (var (_, start, end) in _requests.OrderBy(r => r.End))
            {
                if (start > lastEnd)
                {
                    chain++;
                    lastEnd = end;
                }
            }

            return chain;
        }
    }

    /// <summary>The number of requests sent for one operation.</summary>
    public int this[string operation] => _requests.Count(r => string.Equals(r.Operation, operation, StringComparison.Ordinal));

    /// <summary>Starts counting in the caller's flow.</summary>
    public static RequestCounter Start() => CurrentFlow.Value = new RequestCounter(CurrentFlow.Value);

    /// <summary>Stops counting; the counts stay readable.</summary>
    public void Dispose()
    {
        if (CurrentFlow.Value == this)
        {
            CurrentFlow.Value = _outer;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", ByOperation.Select(pair => $"{pair.Key} {pair.Value}"));

    internal static RequestCounter? Current => CurrentFlow.Value;

    internal void Add(string operation, long start, long end)
    {
        for (var counter = this; counter is not null; counter = counter._outer)
        {
            counter._requests.Enqueue((operation, start, end));
        }
    }
}
