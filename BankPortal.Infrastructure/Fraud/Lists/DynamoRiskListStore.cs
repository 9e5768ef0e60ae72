using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Lists;

namespace BankPortal.Infrastructure.Fraud.Lists;

/// <summary>Stores the risk lists in DynamoDB. Each list has its own attributes in a row, so changes to two lists do not conflict.
/// Thread-safe.</summary>
public sealed class DynamoRiskListStore(DynamoDatabase database, RiskListItems items) : IRiskListStore
{
    private const string AllListed = "listed";
    private readonly string _table = database.TableName(FraudTables.Lists);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ListEntry>> FindAsync(string subjectId, CancellationToken ct = default) => FindManyAsync([subjectId], ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListEntry>> FindManyAsync(IReadOnlyCollection<string> subjectIds, CancellationToken ct = default)
    {
        var keys = subjectIds.Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).Select(Key).ToList();
        if (keys.Count == 0)
        {
            return [];
        }

        var found = await Batch.GetAsync(
            database.Client,
            new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal) { [_table] = new() { Keys = keys, ConsistentRead = true } },
            ct);
        return [.. found[_table].SelectMany(items.FromItem)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListEntry>> ListAsync(int limit, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = FraudTables.ListedIndex,
            KeyConditionExpression = "#listed = :listed",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#listed"] = RiskListItems.Listed },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":listed"] = Attr.S(AllListed) },
            ScanIndexForward = false,
            Limit = limit,
        };
        var rows = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            rows.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (rows.Count < limit && request.ExclusiveStartKey is { Count: > 0 });

        return [.. rows.Take(limit).SelectMany(items.FromItem)];
    }

    /// <inheritdoc/>
    public Task<bool> TryPutAsync(ListEntry entry, DateTimeOffset? seen, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
        {
            [":kind"] = Attr.S(entry.Kind.ToString()),
            [":listed"] = Attr.S(AllListed),
            [":until"] = Attr.Time(entry.Until),
            [":reason"] = Attr.S(items.Protect(entry.Reason)),
            [":by"] = Attr.S(entry.ById),
            [":at"] = Attr.Time(entry.ChangedAt),
        };
        if (seen is { } was)
        {
            values[":seen"] = Attr.Time(was);
        }

        return UpdateAsync(
            entry,
            "SET #kind = :kind, #listed = :listed, #changed = :at, #until = :until, #reason = :reason, #by = :by, #at = :at",
            seen is null ? "attribute_not_exists(#until)" : "#until = :seen",
            new(StringComparer.Ordinal)
            {
                ["#kind"] = RiskListItems.Kind,
                ["#listed"] = RiskListItems.Listed,
                ["#changed"] = RiskListItems.ChangedAt,
            },
            values,
            ct);
    }

    /// <inheritdoc/>
    public async Task<bool> TryRemoveAsync(ListEntry entry, DateTimeOffset now, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        string[] others = [.. RiskLists.All.Where(list => list != entry.List)];
        var names = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["#listed"] = RiskListItems.Listed,
            ["#changed"] = RiskListItems.ChangedAt,
        };
        var seen = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":seen"] = Attr.Time(entry.Until) };
        var changed = new Dictionary<string, AttributeValue>(seen, StringComparer.Ordinal) { [":now"] = Attr.Time(now) };
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["#changed"] = RiskListItems.ChangedAt };
        for (var i = 0; i < others.Length; i++)
        {
            names[$"#o{i}"] = elsewhere[$"#o{i}"] = RiskListItems.Until(others[i]);
        }

        var none = string.Join(" AND ", others.Select((_, i) => $"attribute_not_exists(#o{i})"));
        var some = string.Join(" OR ", others.Select((_, i) => $"attribute_exists(#o{i})"));

        // A subject removed from its last list leaves the index; otherwise it stays. Try both; the conditions exclude each other.
        return await UpdateAsync(
            entry, "REMOVE #until, #reason, #by, #at, #listed, #changed", $"#until = :seen AND {none}", names, seen, ct)
            || await UpdateAsync(
                entry, "SET #changed = :now REMOVE #until, #reason, #by, #at", $"#until = :seen AND ({some})", elsewhere, changed, ct);
    }

    private static Dictionary<string, AttributeValue> Key(string subjectId) =>
        new(StringComparer.Ordinal) { [RiskListItems.Subject] = Attr.S(subjectId) };

    private async Task<bool> UpdateAsync(
        ListEntry entry,
        string update,
        string condition,
        Dictionary<string, string> names,
        Dictionary<string, AttributeValue> values,
        CancellationToken ct)
    {
        names["#until"] = RiskListItems.Until(entry.List);
        names["#reason"] = RiskListItems.Reason(entry.List);
        names["#by"] = RiskListItems.By(entry.List);
        names["#at"] = RiskListItems.At(entry.List);
        try
        {
            await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _table,
                    Key = Key(entry.SubjectId),
                    UpdateExpression = update,
                    ConditionExpression = condition,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }
}
