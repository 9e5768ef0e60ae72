using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Approvals;

namespace BankPortal.Infrastructure.Dynamo.Approvals;

/// <summary>Stores approvals in DynamoDB, under what they are about. What people wrote is encrypted. Thread-safe.</summary>
public sealed class DynamoApprovalStore(DynamoDatabase database, IFieldProtector protector) : IApprovalStore
{
    private const string TextPurpose = "approvals.text";
    private const string Subject = "subject";
    private const string Id = "approval_id";
    private const string Version = "version";
    private const string PendingKind = "pending_kind";
    private const string RequestedAt = "requested_at";

    private readonly string _table = database.TableName(ApprovalTables.Approvals);

    /// <inheritdoc/>
    public async Task<Approval?> FindAsync(string subject, string id, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = new(StringComparer.Ordinal) { [Subject] = Attr.S(subject), [Id] = Attr.S(id) },
                ConsistentRead = true,
            },
            ct);
        return response.Item is { Count: > 0 } item ? ToApproval(new ItemReader(item)) : null;
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(Approval approval, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var isNew = approval.Version == 1;
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = ToItem(approval),
                    ConditionExpression = isNew ? $"attribute_not_exists({Id})" : $"{Version} = :seen",
                    ExpressionAttributeValues = isNew
                        ? null
                        : new(StringComparer.Ordinal) { [":seen"] = Attr.N(approval.Version - 1) },
                },
                ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Approval>> HistoryAsync(string subject, int limit, CancellationToken ct = default)
    {
        var response = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = $"{Subject} = :subject",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":subject"] = Attr.S(subject) },
                ConsistentRead = true,
            },
            ct);
        return
        [
            .. (response.Items ?? []).Select(item => ToApproval(new ItemReader(item)))
                .OrderByDescending(approval => approval.RequestedAt).Take(limit),
        ];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Approval>> FindPendingAsync(string kind, int limit, CancellationToken ct = default)
    {
        var response = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                IndexName = ApprovalTables.PendingIndex,
                KeyConditionExpression = $"{PendingKind} = :kind",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":kind"] = Attr.S(kind) },
                Limit = limit,
            },
            ct);
        return [.. (response.Items ?? []).Select(item => ToApproval(new ItemReader(item)))];
    }

    private Dictionary<string, AttributeValue> ToItem(Approval approval) => new ItemWriter()
        .Set(Subject, approval.Subject)
        .Set(Id, approval.Id)
        .Set(Version, (long?)approval.Version)
        .Set("kind", approval.Kind)
        .Set(PendingKind, approval.State == ApprovalState.Pending ? approval.Kind : null)
        .Set("text", approval.Text.Length == 0 ? null : protector.Protect(TextPurpose, approval.Text))
        .Set("maker_id", approval.MakerId)
        .SetStrings("parties", approval.Parties)
        .Set("needed", (long?)approval.Needed)
        .Set(RequestedAt, (DateTimeOffset?)approval.RequestedAt)
        .Set("expires_at", (DateTimeOffset?)approval.ExpiresAt)
        .Set("state", approval.State)
        .SetList("decisions", approval.Decisions.Select(decision => new AttributeValue
        {
            M = new ItemWriter()
                .Set("user_id", decision.UserId)
                .Set("is_approval", (bool?)decision.IsApproval)
                .Set("comment", protector.Protect(TextPurpose, decision.Comment))
                .Set("at", (DateTimeOffset?)decision.At)
                .ToItem(),
        }))
        .Set("closed_at", approval.ClosedAt)
        .ToItem();

    private Approval ToApproval(ItemReader row) => new()
    {
        Subject = row.String(Subject),
        Id = row.String(Id),
        Version = row.Long(Version),
        Kind = row.String("kind"),
        Text = row.StringOrNull("text") is { } text ? protector.Unprotect(TextPurpose, text) : "",
        MakerId = row.String("maker_id"),
        Parties = [.. row.Strings("parties").Order(StringComparer.Ordinal)],
        Needed = row.Int("needed"),
        RequestedAt = row.Time(RequestedAt),
        ExpiresAt = row.Time("expires_at"),
        State = row.Enum<ApprovalState>("state"),
        Decisions =
        [
            .. row.List("decisions").Select(value => new ItemReader(value.M)).Select(decision => new ApprovalDecision(
                decision.String("user_id"),
                decision.Bool("is_approval"),
                protector.Unprotect(TextPurpose, decision.String("comment")),
                decision.Time("at"))),
        ],
        ClosedAt = row.TimeOrNull("closed_at"),
    };
}
