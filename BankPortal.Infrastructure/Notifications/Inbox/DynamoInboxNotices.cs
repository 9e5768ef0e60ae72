using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications.Inbox;

/// <summary>Stores notices for the other nodes as rows of one partition, sorted by time, which expire. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="time">The clock.</param>
public sealed class DynamoInboxNotices(DynamoDatabase database, TimeProvider time) : IInboxNotices
{
    // No user id has this form.
    private const string Partition = "#notices";

    // A set of this many ids is some 4 KB.
    private const int MaxPeople = 100;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly string _table = database.TableName(NotificationTables.Messages);
    private readonly string _node = DerivedId.Random();

    /// <inheritdoc/>
    public async Task AddAsync(IReadOnlyCollection<string> personIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(personIds);
        foreach (var some in personIds.Distinct(StringComparer.Ordinal).Chunk(MaxPeople))
        {
            var now = time.GetUtcNow();
            var item = new ItemWriter()
                .Set("person_id", Partition)
                .Set("message_key", $"{Attr.FormatTime(now)}#{DerivedId.Random()}")
                .Set("node", _node)
                .Set("at", now)
                .SetStrings("people", some)
                .SetTtl("expires_at", now + KeptFor)
                .ToItem();
            await database.Client.PutItemAsync(new PutItemRequest { TableName = _table, Item = item }, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InboxNotice>> ReadAsync(DateTimeOffset since, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "person_id = :partition AND message_key >= :since",
            FilterExpression = "node <> :node",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":partition"] = Attr.S(Partition),
                [":since"] = Attr.S(Attr.FormatTime(since)),
                [":node"] = Attr.S(_node),
            },
            ConsistentRead = true,
        };
        var found = new List<InboxNotice>();
        do
        {
            var answer = await database.Client.QueryAsync(request, ct);
            found.AddRange((answer.Items ?? []).Select(item =>
            {
                var row = new ItemReader(item);
                return new InboxNotice(row.String("message_key"), row.Time("at"), [.. row.Strings("people")]);
            }));
            request.ExclusiveStartKey = answer.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return found;
    }
}
