using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>
/// Converts links and anchors to and from items of the audit table, where they have partitions of their own (<c>chain#{shard}</c> and
/// <c>chain#anchors</c>) and are not in the index by day.
/// </summary>
internal static class AuditChainItems
{
    public const string Anchors = "chain#anchors";
    public const string Key = "chain#key";

    public static string PartitionOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"chain#{shard:D2}");

    // Fixed width, so that keys sort by number.
    public static string KeyOf(long number) => number.ToString("D15", CultureInfo.InvariantCulture);

    public static AuditRow ToRow(IReadOnlyDictionary<string, AttributeValue> item) => new(
        new AuditRowKey(item[AuditItems.Subject].S, item[AuditItems.RecordKey].S),
        [.. item.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => ToField(pair.Key, pair.Value))]);

    public static Dictionary<string, AttributeValue> ToItem(AuditLink link) => new ItemWriter()
        .Set(AuditItems.Subject, PartitionOf(link.Shard))
        .Set(AuditItems.RecordKey, KeyOf(link.Number))
        .Set("previous", link.Previous)
        .Set("at", link.At)
        .Set("hash", link.Hash)
        .SetList("rows", link.Rows.Select(row => new AttributeValue
        {
            L = [Attr.S(row.Key.Subject), Attr.S(row.Key.Record), Attr.S(row.Hash)],
            IsLSet = true,
        }))
        .ToItem();

    public static AuditLink ToLink(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new AuditLink(
            int.Parse(row.String(AuditItems.Subject).AsSpan("chain#".Length), CultureInfo.InvariantCulture),
            long.Parse(row.String(AuditItems.RecordKey), CultureInfo.InvariantCulture),
            row.String("previous"),
            row.Time("at"),
            [.. item["rows"].L.Select(linked => new LinkedRow(new AuditRowKey(linked.L[0].S, linked.L[1].S), linked.L[2].S))],
            row.String("hash"));
    }

    public static Dictionary<string, AttributeValue> ToItem(AuditAnchor anchor) => new ItemWriter()
        .Set(AuditItems.Subject, Anchors)
        .Set(AuditItems.RecordKey, Attr.FormatDay(anchor.Day))
        .Set("at", anchor.At)
        .Set("previous", anchor.Previous)
        .Set("signature", anchor.Signature)
        .SetList("heads", anchor.Heads.Select(head => new AttributeValue
        {
            L = [Attr.N(head.Shard), Attr.N(head.Number), Attr.S(head.Hash)],
            IsLSet = true,
        }))
        .ToItem();

    public static AuditAnchor ToAnchor(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new AuditAnchor(
            Attr.ParseDay(row.String(AuditItems.RecordKey)),
            row.Time("at"),
            row.String("previous"),
            [.. item["heads"].L.Select(head => new AuditHead(
                int.Parse(head.L[0].N, CultureInfo.InvariantCulture),
                long.Parse(head.L[1].N, CultureInfo.InvariantCulture),
                head.L[2].S))],
            row.String("signature"));
    }

    private static AuditField ToField(string name, AttributeValue value) => value switch
    {
        { S: { } text } => new AuditField(name, "S", text),
        { N: { } number } => new AuditField(name, "N", number),
        { BOOL: { } truth } => new AuditField(name, "BOOL", truth ? "true" : "false"),

        // Rows have no others; one that was slipped in is not accepted by its look.
        _ => new AuditField(name, "?", ""),
    };
}
