using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit;
using BankPortal.Infrastructure.Audit.Chain;

namespace BankPortal.Infrastructure.Audit;

/// <summary>Stores the audit trail in DynamoDB; every row comes with the link of the chain that covers it. Thread-safe.</summary>
public sealed class DynamoAuditStore(DynamoDatabase database, AuditItems items, AuditChainWriter chain) : IAuditStore
{
    private readonly string _table = database.TableName(AuditTables.Records);

    /// <inheritdoc/>
    public Task AppendAsync(AuditRecord record, CancellationToken ct = default) => chain.AppendAsync([items.ToItem(record)], ct);

    /// <inheritdoc/>
    public Task CompleteAsync(
        AuditRecord begun, AuditOutcome outcome, string? detail, DateTimeOffset at, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(begun);
        return chain.AppendAsync([items.ToOutcome(begun, outcome, detail, at)], ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditSubject subject, int limit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        return QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = "#subject = :subject",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#subject"] = AuditItems.Subject },
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S(AuditItems.SubjectKey(subject)) },
                ConsistentRead = true,
            },
            limit,
            ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditRecord>> ListDayAsync(DateOnly day, int limit, AuditRecord? after, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = AuditTables.DayIndex,
            KeyConditionExpression = "#day = :day",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#day"] = AuditItems.Day },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":day"] = Attr.Day(day) },
        };
        if (after is not null)
        {
            request.KeyConditionExpression += " AND record_key < :after";
            request.ExpressionAttributeValues[":after"] = Attr.S(AuditItems.KeyOf(after));
        }

        return QueryAsync(request, limit, ct);
    }

    private async Task<IReadOnlyList<AuditRecord>> QueryAsync(QueryRequest request, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);

        // A record has one row or two (intention and outcome).
        request.Limit = checked(limit * 2);
        request.ScanIndexForward = false;
        var rows = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            rows.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (rows.Count < limit * 2 && request.ExclusiveStartKey is { Count: > 0 });

        return [.. items.FromDescending(rows).Take(limit)];
    }
}
