using System.Collections.Concurrent;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace BankPortal.Bench.Faults;

/// <summary>
/// Disturbs a share of the tries, each by a kind drawn from the seed. What happens to a try follows from the seed, from
/// what the request is about and from how often that was tried, not from the order in which threads happen to come by;
/// so a seed gives the same faults again, though the machine may interleave the work differently.
/// </summary>
/// <param name="seed">What the faults are drawn from.</param>
/// <param name="share">The share of tries that are disturbed, 0 to 1.</param>
/// <param name="only">The kinds of faults; all where none are named.</param>
internal sealed class FaultInjector(int seed, double share, params FaultKind[] only) : IRequestInterceptor
{
    private readonly FaultKind[] _kinds = only is [] ? [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.None)] : only;

    private readonly ConcurrentDictionary<string, int> _tries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FaultKind, int> _injected = new();

    /// <summary>Whether faults happen now.</summary>
    public bool Enabled { get; set; }

    /// <summary>How many faults of each kind there were.</summary>
    public IReadOnlyDictionary<FaultKind, int> Injected => _injected;

    public async Task InterceptAsync(DynamoRequest request, Func<Task> send, CancellationToken ct)
    {
        var fault = Enabled ? Draw(request) : FaultKind.None;
        if (fault != FaultKind.None)
        {
            _injected.AddOrUpdate(fault, 1, (_, count) => count + 1);
        }

        switch (fault)
        {
            case FaultKind.Conflict when request.Body is TransactWriteItemsRequest write:
                throw new TransactionCanceledException("Transaction cancelled (injected)")
                {
                    StatusCode = HttpStatusCode.BadRequest,
                    ErrorCode = "TransactionCanceledException",
                    CancellationReasons =
                    [
                        .. write.TransactItems.Select((_, i) => new CancellationReason { Code = i == 1 ? "TransactionConflict" : "None" }),
                    ],
                };
            case FaultKind.Conflict:
                throw new TransactionConflictException("Transaction is ongoing for the item (injected)")
                {
                    StatusCode = HttpStatusCode.BadRequest,
                    ErrorCode = "TransactionConflictException",
                };
            case FaultKind.Throttle:
                throw new ProvisionedThroughputExceededException("Throughput exceeded (injected)")
                {
                    StatusCode = HttpStatusCode.BadRequest,
                    ErrorCode = "ProvisionedThroughputExceededException",
                };
            case FaultKind.ServerError:
                throw new AmazonDynamoDBException(
                    "Internal server error (injected)",
                    ErrorType.Receiver,
                    "InternalServerError",
                    "injected",
                    HttpStatusCode.InternalServerError
                );
            case FaultKind.TimeoutBefore:
                throw new AmazonClientException("The request timed out (injected)", new TaskCanceledException());
            case FaultKind.DropBefore:
                throw new HttpRequestException("The connection was refused (injected)", new IOException());
            case FaultKind.TimeoutAfter:
                await send();
                throw new AmazonClientException("The answer timed out (injected)", new TaskCanceledException());
            case FaultKind.DropAfter:
                await send();
                throw new HttpRequestException("The connection was reset (injected)", new IOException());
            case FaultKind.Delay:
                await Task.Delay(15, ct);
                await send();
                break;
            default:
                await send();
                break;
        }
    }

    private FaultKind Draw(DynamoRequest request)
    {
        var about = AboutOf(request.Body);
        var number = _tries.AddOrUpdate(about, 1, (_, count) => count + 1);

        // FNV-1a over what the draw depends on; string.GetHashCode differs in every process.
        var hash = 2166136261u;
        foreach (var c in FormattableString.Invariant($"{seed}|{about}|{number}"))
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

#pragma warning disable CA5394
        var random = new Random(unchecked((int)hash));
        return random.NextDouble() < share ? _kinds[random.Next(_kinds.Length)] : FaultKind.None;
#pragma warning restore CA5394
    }

    private static string AboutOf(AmazonWebServiceRequest body) => body switch
    {
        TransactWriteItemsRequest write => "write " + IdIn(write.TransactItems.Select(item => item.Put?.Item)),
        BatchGetItemRequest read => "read " + IdIn(read.RequestItems.Values.SelectMany(keys => keys.Keys)),
        GetItemRequest get => "get " + IdIn([get.Key]),
        _ => body.GetType().Name,
    };

    private static string IdIn(IEnumerable<Dictionary<string, AttributeValue>?> items) =>
        items.Select(item => item?.GetValueOrDefault("transfer_id")?.S).FirstOrDefault(id => id is not null) ?? "";
}
