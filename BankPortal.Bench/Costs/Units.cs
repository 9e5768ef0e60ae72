using Amazon.DynamoDBv2.Model;
using BankPortal.Infrastructure.Dynamo.Schema;

namespace BankPortal.Bench.Costs;

/// <summary>Read and write request units, by the documented rules.</summary>
/// <param name="Read">Read request units.</param>
/// <param name="Write">Write request units.</param>
internal readonly record struct Units(decimal Read, decimal Write)
{
    private const int ReadBlock = 4096;
    private const int WriteBlock = 1024;

    public static Units None { get; } = new(0, 0);

    /// <summary>A read of one item, or of nothing: a block of 4 KB begun, half of it where it need not be the latest.</summary>
    /// <param name="size">The item's size.</param>
    /// <param name="consistent">Whether it is strongly consistent.</param>
    public static Units OfRead(int size, bool consistent) => new(Blocks(size, ReadBlock) * (consistent ? 1m : 0.5m), 0);

    /// <summary>A query: the sizes of all items read, added up before they are rounded.</summary>
    public static Units OfQuery(IEnumerable<int> sizes, bool consistent) => OfRead(sizes.Sum(), consistent);

    /// <summary>
    /// A write of one item, its entries in the table's indexes included: a block of 1 KB begun of the larger of what was there
    /// and what is there now, twice in a transaction.
    /// </summary>
    /// <param name="table">The table.</param>
    /// <param name="before">What was there; <see langword="null"/> for nothing.</param>
    /// <param name="after">What is there now; the same as before where the condition did not hold.</param>
    /// <param name="inTransaction">Whether it is part of a transaction.</param>
    public static Units OfWrite(
        TableSpec table,
        IReadOnlyDictionary<string, AttributeValue>? before,
        IReadOnlyDictionary<string, AttributeValue>? after,
        bool inTransaction
    )
    {
        var item = Blocks(Math.Max(ItemSize.Of(before), ItemSize.Of(after)), WriteBlock) * (inTransaction ? 2 : 1);
        return new Units(0, item + table.Indexes.Sum(index => OfIndex(table, index, before, after)));
    }

    public static Units operator +(Units one, Units other) => new(one.Read + other.Read, one.Write + other.Write);

    public static Units operator -(Units one, Units other) => new(one.Read - other.Read, one.Write - other.Write);

    // An entry is written when it comes, goes or changes; one whose key changes is taken out and put in.
    private static decimal OfIndex(
        TableSpec table,
        IndexSpec index,
        IReadOnlyDictionary<string, AttributeValue>? before,
        IReadOnlyDictionary<string, AttributeValue>? after
    )
    {
        var (old, now) = (Entry(table, index, before), Entry(table, index, after));
        if (Same(old, now))
        {
            return 0;
        }

        var keyChanged = old is not null && now is not null && !Same(Keys(index, old), Keys(index, now));
        return keyChanged
            ? Blocks(ItemSize.Of(old), WriteBlock) + Blocks(ItemSize.Of(now), WriteBlock)
            : Blocks(Math.Max(ItemSize.Of(old), ItemSize.Of(now)), WriteBlock);
    }

    private static Dictionary<string, AttributeValue>? Entry(
        TableSpec table,
        IndexSpec index,
        IReadOnlyDictionary<string, AttributeValue>? item
    )
    {
        string[] keys = [index.PartitionKey.Name, .. index.SortKey is { } sort ? [sort.Name] : Array.Empty<string>()];
        if (item is null || !keys.All(item.ContainsKey))
        {
            return null;
        }

        string[] own = [table.PartitionKey.Name, .. table.SortKey is { } tableSort ? [tableSort.Name] : Array.Empty<string>()];
        var projection = index.Projection?.Value;
        return item.Where(pair =>
                projection is null or "ALL"
                || keys.Contains(pair.Key, StringComparer.Ordinal)
                || own.Contains(pair.Key, StringComparer.Ordinal)
                || (projection == "INCLUDE" && index.Projected.Contains(pair.Key, StringComparer.Ordinal))
            )
            .ToDictionary(StringComparer.Ordinal);
    }

    private static Dictionary<string, AttributeValue> Keys(IndexSpec index, Dictionary<string, AttributeValue> entry) =>
        entry.Where(pair => pair.Key == index.PartitionKey.Name || pair.Key == index.SortKey?.Name).ToDictionary(StringComparer.Ordinal);

    private static bool Same(IReadOnlyDictionary<string, AttributeValue>? one, IReadOnlyDictionary<string, AttributeValue>? other) =>
        one is null || other is null
            ? one is null && other is null
            : one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && Same(pair.Value, value));

    private static bool Same(AttributeValue one, AttributeValue other) =>
        one.S == other.S && one.N == other.N && one.BOOL == other.BOOL && one.NULL == other.NULL
        && SameBytes(one.B, other.B)
        && (one.SS ?? [])
            .Order(StringComparer.Ordinal)
            .SequenceEqual((other.SS ?? []).Order(StringComparer.Ordinal), StringComparer.Ordinal)
        && (one.NS ?? [])
            .Order(StringComparer.Ordinal)
            .SequenceEqual((other.NS ?? []).Order(StringComparer.Ordinal), StringComparer.Ordinal)
        && (one.L ?? []).Count == (other.L ?? []).Count
        && (one.L ?? []).Zip(other.L ?? []).All(pair => Same(pair.First, pair.Second))
        && Same(one.M ?? [], other.M ?? []);

    private static bool SameBytes(MemoryStream? one, MemoryStream? other) =>
        one is null || other is null ? one is null && other is null : one.ToArray().AsSpan().SequenceEqual(other.ToArray());

    // Nothing is counted as if it were a block: a read that finds nothing and a write refused cost one.
    private static int Blocks(int size, int block) => Math.Max(1, (size + block - 1) / block);
}
