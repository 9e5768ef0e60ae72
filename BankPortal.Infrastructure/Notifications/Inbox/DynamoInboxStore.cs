using System.Buffers.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Events;
using BankPortal.Core.Notifications;

namespace BankPortal.Infrastructure.Notifications.Inbox;

/// <summary>Stores the messages of the notification centre in DynamoDB. Title and text are encrypted. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts title and text.</param>
/// <param name="outbox">The queue of what goes out over channels.</param>
public sealed class DynamoInboxStore(DynamoDatabase database, IFieldProtector protector, DynamoDeliveryOutbox outbox) : IInboxStore
{
    private const string Purpose = "notification.text";
    // Keys of messages begin with a digit, those of the person's other rows with a letter.
    private const string AfterAllMessages = ":";

    private const string IsNew = "attribute_not_exists(person_id)";
    private const int Parallel = 8;

    // Cannot occur in the text.
    private const char Separator = '\u001f';

    /// <summary>How long messages are kept.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private readonly string _table = database.TableName(NotificationTables.Messages);

    /// <inheritdoc/>
    public async Task<bool> AddAsync(InboxMessage message, IReadOnlyList<BankEvent> deliveries, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(deliveries);
        var item = ToItem(message);
        if (deliveries.Count > 0)
        {
            return await AddWithDeliveriesAsync(item, deliveries, ct);
        }

        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest { TableName = _table, Item = item, ConditionExpression = IsNew }, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<bool> AddWithDeliveriesAsync(
        Dictionary<string, AttributeValue> item, IReadOnlyList<BankEvent> deliveries, CancellationToken ct)
    {
        var put = new Put { TableName = _table, Item = item, ConditionExpression = IsNew };
        List<TransactWriteItem> writes = [new() { Put = put }, .. deliveries.Select(outbox.Write)];
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, ct);
                outbox.Written();
                return true;
            }
            catch (TransactionCanceledException exception)
                when (exception.CancellationReasons?.Exists(reason => reason.Code == "ConditionalCheckFailed") == true)
            {
                return false;
            }
            catch (TransactionCanceledException) when (attempt < 8)
            {
                await Core.Common.Backoff.DelayAsync(attempt, ct);
            }
        }
    }

    private Dictionary<string, AttributeValue> ToItem(InboxMessage message) => new ItemWriter()
        .Set("person_id", message.PersonId)
        .Set("message_key", KeyOf(message.At, message.Id))
        .Set("unread_of", message.IsRead ? null : message.PersonId)
        .Set<MessageTopic>("topic", message.Topic)
        .Set<AlertKind>("alert", message.Kind)
        .Set("at", message.At)
        .Set("id", message.Id)
        .Set("text", Base64Url.DecodeFromChars(protector.Protect(Purpose, message.Title + Separator + message.Text)))
        .Set("reference", message.Reference.Length > 0 ? message.Reference : null)
        .Set("link", message.Link)
        .SetTtl("expires_at", message.At + KeptFor)
        .ToItem();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InboxMessage>> ListAsync(InboxQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var filters = new List<string>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "person_id = :person AND message_key < :before",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":person"] = Attr.S(query.PersonId),
                [":before"] = Attr.S(query.After is { } after ? KeyOf(after.At, after.Id) : AfterAllMessages),
            },
            ScanIndexForward = false,
            ConsistentRead = true,
        };
        if (query.OnlyUnread)
        {
            filters.Add("attribute_exists(unread_of)");
        }

        if (query.Topic is { } topic)
        {
            filters.Add("topic = :topic");
            request.ExpressionAttributeValues[":topic"] = Attr.S(topic.ToString());
        }

        request.FilterExpression = filters.Count > 0 ? string.Join(" AND ", filters) : null;
        var found = new List<InboxMessage>();
        do
        {
            // What is filtered out counts for the limit of a request.
            request.Limit = filters.Count > 0 ? 100 : query.Limit - found.Count;
            var response = await database.Client.QueryAsync(request, ct);
            found.AddRange((response.Items ?? []).Select(FromItem));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (found.Count < query.Limit && request.ExclusiveStartKey is { Count: > 0 });

        return found.Count > query.Limit ? found.GetRange(0, query.Limit) : found;
    }

    /// <inheritdoc/>
    public async Task<int> CountUnreadAsync(string personId, int most, CancellationToken ct = default)
    {
        var request = Unread(personId, most);
        request.Select = Select.COUNT;
        return (await database.Client.QueryAsync(request, ct)).Count ?? 0;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(DateTimeOffset At, string Id)>> ListUnreadAsync(
        string personId, int limit, CancellationToken ct = default) =>
        [
            .. ((await database.Client.QueryAsync(Unread(personId, limit), ct)).Items ?? []).Select(item =>
            {
                var parts = item["message_key"].S.Split('#', 2);
                return (Attr.ParseTime(parts[0]), parts[1]);
            }),
        ];

    /// <inheritdoc/>
    public Task MarkReadAsync(
        string personId, IReadOnlyCollection<(DateTimeOffset At, string Id)> messages, CancellationToken ct = default) =>
        System.Threading.Tasks.Parallel.ForEachAsync(
            messages,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = ct },
            async (message, token) =>
            {
                try
                {
                    await database.Client.UpdateItemAsync(
                        new UpdateItemRequest
                        {
                            TableName = _table,
                            Key = new(StringComparer.Ordinal)
                            {
                                ["person_id"] = Attr.S(personId),
                                ["message_key"] = Attr.S(KeyOf(message.At, message.Id)),
                            },
                            UpdateExpression = "REMOVE unread_of",
                            ConditionExpression = "attribute_exists(unread_of)",
                        },
                        token);
                }
                catch (ConditionalCheckFailedException)
                {
                    // Read already, or expired.
                }
            });

    private static string KeyOf(DateTimeOffset at, string id) => $"{Attr.FormatTime(at)}#{id}";

    private QueryRequest Unread(string personId, int limit) => new()
    {
        TableName = _table,
        IndexName = NotificationTables.UnreadIndex,
        KeyConditionExpression = "unread_of = :person",
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":person"] = Attr.S(personId) },
        Limit = limit,
    };

    private InboxMessage FromItem(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        var text = protector.Unprotect(Purpose, Base64Url.EncodeToString(row.Bytes("text"))).Split(Separator, 2);
        return new InboxMessage(
            row.String("person_id"),
            row.String("id"),
            row.Enum<MessageTopic>("topic"),
            row.Time("at"),
            text[0],
            text[1],
            row.StringOrNull("reference") ?? "",
            row.StringOrNull("link"))
        {
            IsRead = !row.Has("unread_of"),
            Kind = row.EnumOrNull<AlertKind>("alert") ?? AlertKind.Payment,
        };
    }
}
