using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Reports.Saved;

namespace BankPortal.Infrastructure.Reports;

/// <summary>Stores saved reports in DynamoDB, all in one partition: a bank has hundreds. Titles are encrypted. Thread-safe.</summary>
public sealed class DynamoSavedReportStore(DynamoDatabase database, IFieldProtector protector) : ISavedReportStore
{
    private const string Part = "part";
    private const string Item = "item";
    private const string Saved = "saved";
    private const string Purpose = "report.title";

    private readonly string _table = database.TableName(ReportTables.Reports);

    /// <inheritdoc/>
    public async Task<SavedReport?> FindAsync(string id, CancellationToken ct = default)
    {
        var key = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [Part] = Attr.S(Saved), [Item] = Attr.S(id) };
        var response = await database.Client.GetItemAsync(new GetItemRequest { TableName = _table, Key = key, ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? FromItem(item) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SavedReport>> ListAsync(CancellationToken ct = default)
    {
        var found = new List<SavedReport>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "#part = :part",
            FilterExpression = "attribute_not_exists(deleted_at)",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(Saved) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            found.AddRange((response.Items ?? []).Select(FromItem));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return found;
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(SavedReport report, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        var request = new PutItemRequest { TableName = _table, Item = ToItem(report) };
        if (report.Version == 1)
        {
            request.ConditionExpression = "attribute_not_exists(#part)";
            request.ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#part"] = Part };
        }
        else
        {
            request.ConditionExpression = "version = :read";
            request.ExpressionAttributeValues = new(StringComparer.Ordinal) { [":read"] = Attr.N(report.Version - 1) };
        }

        try
        {
            await database.Client.PutItemAsync(request, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private Dictionary<string, AttributeValue> ToItem(SavedReport report) => new ItemWriter()
        .Set(Part, Saved)
        .Set(Item, report.Id)
        .Set("owner", report.OwnerId)
        .Set("title", protector.Protect(Purpose, report.Title))
        .Set("definition", report.Definition)
        .SetStrings("roles", report.Roles)
        .SetStrings("people", report.People)
        .Set("schedule", report.Schedule)
        .Set("created_at", (DateTimeOffset?)report.CreatedAt)
        .Set("changed_at", (DateTimeOffset?)report.ChangedAt)
        .Set("deleted_at", report.DeletedAt)
        .Set("version", (long?)report.Version)
        .ToItem();

    private SavedReport FromItem(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new SavedReport
        {
            Id = read.String(Item),
            OwnerId = read.String("owner"),
            Title = protector.Unprotect(Purpose, read.String("title")),
            Definition = read.String("definition"),
            Roles = [.. read.Strings("roles")],
            People = [.. read.Strings("people")],
            Schedule = read.Enum<ReportSchedule>("schedule"),
            CreatedAt = read.Time("created_at"),
            ChangedAt = read.Time("changed_at"),
            DeletedAt = read.TimeOrNull("deleted_at"),
            Version = read.Long("version"),
        };
    }
}
