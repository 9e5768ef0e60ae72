using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Audit.Chain;

namespace BankPortal.Infrastructure.Audit;

/// <summary>
/// Stores security events in the table of the audit trail, in partitions of their own: those of a person, those of a typed name, and the
/// others by day. In the index by day they are under <c>security#{day}</c>, so that the list of staff actions stays free of them.
/// Address, device and detail are encrypted. Rows come with the link of the chain that covers them. Thread-safe.
/// </summary>
public sealed class DynamoSecurityEventStore(DynamoDatabase database, IFieldProtector protector, AuditChainWriter chain)
    : ISecurityEventStore
{
    internal const string ClientPurpose = "security-event.client";
    internal const string DetailPurpose = "security-event.detail";
    private const string Prefix = "security#";

    // Cannot occur in a device description or a network address.
    internal const char Separator = '\u001f';

    private readonly string _table = database.TableName(AuditTables.Records);

    /// <inheritdoc/>
    public Task AppendAsync(IReadOnlyCollection<SecurityRecord> records, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return chain.AppendAsync(records.Select(ToItem), ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SecurityRecord>> ListDayAsync(
        DateOnly day, int limit, SecurityRecord? after = null, CancellationToken ct = default)
    {
        var request = OfDay(day);
        if (after is not null)
        {
            request.KeyConditionExpression += " AND record_key < :after";
            request.ExpressionAttributeValues[":after"] = Attr.S(KeyOf(after));
        }

        return [.. (await QueryAsync(request, limit, ct)).Select(FromItem)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SecurityRecord>> ListOfUserAsync(string userId, int limit, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "#subject = :subject",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#subject"] = AuditItems.Subject },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S(OfUser(userId)) },
            ConsistentRead = true,
        };
        return [.. (await QueryAsync(request, limit, ct)).Select(FromItem)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SecurityEventCount>> CountDayAsync(DateOnly day, CancellationToken ct = default)
    {
        var request = OfDay(day);
        request.ProjectionExpression = "kind, outcome, occurrences";
        var rows = await QueryAsync(request, int.MaxValue, ct);
        return
        [
            .. rows.Select(item => new ItemReader(item))
                .GroupBy(row => (Kind: row.Enum<SecurityEventKind>("kind"), Outcome: row.Enum<SecurityEventOutcome>("outcome")))
                .Select(group => new SecurityEventCount(group.Key.Kind, group.Key.Outcome, group.Sum(row => row.Long("occurrences"))))
                .OrderBy(count => count.Kind)
                .ThenBy(count => count.Outcome),
        ];
    }

    private static string OfUser(string userId) => $"{Prefix}user#{userId}";

    internal static string DayKey(DateOnly day) => Prefix + Attr.FormatDay(day);

    private static string KeyOf(SecurityRecord record) => $"{Attr.FormatTime(record.At)}#{record.Id}";

    private static string SubjectOf(SecurityRecord record, DateOnly day) => record.Event switch
    {
        { UserId: { } userId } => OfUser(userId),
        { TypedNameHash: { } hash } => $"{Prefix}name#{hash}",
        _ => $"{Prefix}visitor#{Attr.FormatDay(day)}",
    };

    private QueryRequest OfDay(DateOnly day) => new()
    {
        TableName = _table,
        IndexName = AuditTables.DayIndex,
        KeyConditionExpression = "#day = :day",
        ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#day"] = AuditItems.Day },
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":day"] = Attr.S(DayKey(day)) },
    };

    private async Task<List<Dictionary<string, AttributeValue>>> QueryAsync(QueryRequest request, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        request.ScanIndexForward = false;
        var rows = new List<Dictionary<string, AttributeValue>>();
        do
        {
            request.Limit = limit == int.MaxValue ? null : limit - rows.Count;
            var response = await database.Client.QueryAsync(request, ct);
            rows.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (rows.Count < limit && request.ExclusiveStartKey is { Count: > 0 });

        return rows;
    }

    private Dictionary<string, AttributeValue> ToItem(SecurityRecord record)
    {
        var happened = record.Event;
        var day = DateOnly.FromDateTime(record.At.UtcDateTime);
        return new ItemWriter()
            .Set(AuditItems.Subject, SubjectOf(record, day))
            .Set(AuditItems.RecordKey, KeyOf(record))
            .Set(AuditItems.Day, DayKey(day))
            .Set("id", record.Id)
            .Set("at", record.At)
            .Set("last_at", record.LastAt)
            .Set("occurrences", record.Count)
            .Set("kind", happened.Kind)
            .Set("outcome", happened.Outcome)
            .Set("user_id", happened.UserId)
            .Set("typed_name", happened.TypedNameHash)
            .Set("session_id", happened.SessionId)
            .Set(
                "client",
                happened is { Address: null, Device: null }
                    ? null
                    : protector.Protect(ClientPurpose, happened.Address + Separator + happened.Device))
            .Set("detail", happened.Detail is { } detail ? protector.Protect(DetailPurpose, detail) : null)
            .ToItem();
    }

    private SecurityRecord FromItem(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        var client = row.StringOrNull("client") is { } hidden
            ? protector.Unprotect(ClientPurpose, hidden).Split(Separator)
            : ["", ""];
        var happened = new SecurityEvent(row.Enum<SecurityEventKind>("kind"), row.Enum<SecurityEventOutcome>("outcome"))
        {
            UserId = row.StringOrNull("user_id"),
            TypedNameHash = row.StringOrNull("typed_name"),
            SessionId = row.StringOrNull("session_id"),
            Address = client[0].Length > 0 ? client[0] : null,
            Device = client[1].Length > 0 ? client[1] : null,
            Detail = row.StringOrNull("detail") is { } detail ? protector.Unprotect(DetailPurpose, detail) : null,
        };
        return new SecurityRecord(row.String("id"), row.Time("at"), happened, row.Int("occurrences"), row.Time("last_at"));
    }
}
