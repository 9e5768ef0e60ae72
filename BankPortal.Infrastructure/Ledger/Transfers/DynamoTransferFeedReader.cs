using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger.Transfers;

/// <summary>Reads the feed index day by day; the shards of a day are read in parallel and merged by time of change.
/// Thread-safe.</summary>
public sealed class DynamoTransferFeedReader(DynamoDatabase database, LedgerItems items) : ITransferFeedReader
{
    // One response has at most a megabyte, some thousand transfers; one page of each of the four shards is in memory.
    private const int PageSize = 1000;

    private readonly string _transfers = database.TableName(LedgerTables.Transfers);

    /// <inheritdoc/>
    public IAsyncEnumerable<Transfer> ReadPeriodAsync(DateTimeOffset from, DateTimeOffset before, CancellationToken ct = default) =>
        ReadAsync(from, before, newestFirst: false, PageSize, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Transfer>> ReadNewestAsync(
        int limit, DateTimeOffset notBefore, DateTimeOffset before, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        var newest = new List<Transfer>(Math.Min(limit, PageSize));

        // Ids are spread evenly over the shards, so a little more than a quarter from each is mostly enough.
        var page = Math.Min(PageSize, (limit / LedgerTables.FeedShards) + Math.Max(4, limit / 16));
        await foreach (var transfer in ReadAsync(notBefore, before, newestFirst: true, page, ct).WithCancellation(ct))
        {
            newest.Add(transfer);
            if (newest.Count == limit)
            {
                break;
            }
        }

        return newest;
    }

    /// <inheritdoc/>
    public Task<bool> AnyAsync(CancellationToken ct = default) => DynamoLedgerStore.GuardAsync(
        async () =>
        {
            // A scan that reads a single row.
            var request = new ScanRequest { TableName = _transfers, Limit = 1, ProjectionExpression = "transfer_id", ConsistentRead = true };
            var response = await database.Client.ScanAsync(request, ct);
            return response.Items is { Count: > 0 } || response.LastEvaluatedKey is { Count: > 0 };
        },
        ct);

    private async IAsyncEnumerable<Transfer> ReadAsync(
        DateTimeOffset from, DateTimeOffset before, bool newestFirst, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        if (before <= from)
        {
            yield break;
        }

        var last = before.AddTicks(-1);
        var (firstDay, lastDay) = (DayOf(from), DayOf(last));
        var step = newestFirst ? -1 : 1;
        var (day, end) = newestFirst ? (lastDay, firstDay) : (firstDay, lastDay);
        for (; newestFirst ? day >= end : day <= end; day = day.AddDays(step))
        {
            var shards = new Shard[LedgerTables.FeedShards];
            for (var number = 0; number < shards.Length; number++)
            {
                shards[number] = new Shard(this, Request(day, number, from, last, newestFirst, pageSize));
            }

            while (true)
            {
                await Task.WhenAll(shards.Where(shard => shard.NeedsMore).Select(shard => shard.ReadMoreAsync(ct)));
                var filled = shards.Where(shard => shard.Current is not null);
                var first = newestFirst
                    ? filled.MaxBy(shard => shard.Current?.ChangedAt)
                    : filled.MinBy(shard => shard.Current?.ChangedAt);
                if (first is not { Current: { } transfer } next)
                {
                    break;
                }

                yield return transfer;
                next.Take();
            }
        }
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private QueryRequest Request(DateOnly day, int shard, DateTimeOffset from, DateTimeOffset last, bool newestFirst, int pageSize) => new()
    {
        TableName = _transfers,
        IndexName = LedgerTables.FeedIndex,
        KeyConditionExpression = $"{LedgerItems.FeedKey} = :key AND {LedgerItems.FeedAt} BETWEEN :from AND :last",
        ExpressionAttributeValues = new(StringComparer.Ordinal)
        {
            [":key"] = Attr.S(LedgerItems.FeedKeyOf(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), shard)),
            [":from"] = Attr.Time(from),
            [":last"] = Attr.Time(last),
        },
        ScanIndexForward = !newestFirst,
        Limit = pageSize,
    };

    private Task<QueryResponse> QueryAsync(QueryRequest request, CancellationToken ct) => database.Client.QueryAsync(request, ct);

    private Transfer ToTransfer(Dictionary<string, AttributeValue> item) => items.ToTransfer(item);

    /// <summary>Reads one shard of a day page by page.</summary>
    private sealed class Shard(DynamoTransferFeedReader reader, QueryRequest request)
    {
        private readonly Queue<Transfer> _read = [];
        private bool _ended;

        public Transfer? Current => _read.TryPeek(out var transfer) ? transfer : null;

        public bool NeedsMore => _read.Count == 0 && !_ended;

        public void Take() => _read.Dequeue();

        public async Task ReadMoreAsync(CancellationToken ct)
        {
            // A page may be empty although more pages follow.
            while (NeedsMore)
            {
                var response = await DynamoLedgerStore.GuardAsync(() => reader.QueryAsync(request, ct), ct);
                foreach (var item in response.Items ?? [])
                {
                    _read.Enqueue(reader.ToTransfer(item));
                }

                request.ExclusiveStartKey = response.LastEvaluatedKey;
                _ended = response.LastEvaluatedKey is not { Count: > 0 };
            }
        }
    }
}
