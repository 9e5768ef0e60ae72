using System.Buffers.Text;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Events;

namespace BankPortal.Infrastructure.Dynamo.Events;

/// <summary>
/// A queue of events in DynamoDB, sorted by time: read oldest first, removed when they are dispatched, set aside when they cannot be. A
/// store adds <see cref="Write"/> to its own transaction, so that an event exists exactly if what it is about was committed, and calls
/// <see cref="Written"/> afterwards. Facts are encrypted. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts the facts.</param>
/// <param name="signal">Wakes the dispatcher of this process.</param>
/// <param name="time">The clock.</param>
/// <param name="queue">The name of the queue: the first part of its partitions.</param>
public abstract class DynamoOutbox(
    DynamoDatabase database, IFieldProtector protector, EventSignal signal, TimeProvider time, string queue) : IEventOutbox
{
    private const string Purpose = "event.facts";
    private const int MaxReason = 300;

    /// <summary>The partition of what was set aside.</summary>
    private readonly string _dead = queue == EventTables.EventQueue ? "dead" : "dead-" + queue;

    /// <summary>The table.</summary>
    protected string Table { get; } = database.TableName(EventTables.Events);

    /// <summary>The client.</summary>
    protected Amazon.DynamoDBv2.IAmazonDynamoDB Client => database.Client;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>Returns the write of an event, for the transaction that stores what happened. It has no condition and never refuses the
    /// transaction.</summary>
    public TransactWriteItem Write(BankEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return new TransactWriteItem { Put = new Put { TableName = Table, Item = ToItem(happened) } };
    }

    /// <summary>Tells the dispatcher of this process that events were committed.</summary>
    public void Written() => signal.Raise();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WaitingEvent>> ReadAsync(
        int limit, DateTimeOffset? until = null, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var answers = await Task.WhenAll(Enumerable.Range(0, EventTables.Shards).Select(shard => Client.QueryAsync(
            Waiting(shard, limit, until), ct)));

        // A partition that has more may have older events than another one's newest: beyond its last one the order is unknown.
        var end = answers
            .Where(answer => answer.LastEvaluatedKey is { Count: > 0 })
            .Select(answer => answer.LastEvaluatedKey["event_key"].S)
            .Min(StringComparer.Ordinal);
        return
        [
            .. answers.SelectMany(answer => answer.Items ?? [])
                .Where(item => end is null || string.CompareOrdinal(item["event_key"].S, end) <= 0)
                .OrderBy(item => item["event_key"].S, StringComparer.Ordinal)
                .Take(limit)
                .Select(FromItem),
        ];
    }

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyCollection<WaitingEvent> done, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(done);
        return Batch.DeleteAsync(Client, Table, done.Select(waiting => KeyOf(waiting.Part, waiting.Key)), ct);
    }

    /// <inheritdoc/>
    public async Task ReplaceAsync(WaitingEvent waiting, BankEvent later, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        ArgumentNullException.ThrowIfNull(later);
        await MoveAsync(ToItem(later), waiting.Part, PartOf(ShardOf(later)), waiting.Key, ct);
    }

    /// <inheritdoc/>
    public async Task SetAsideAsync(WaitingEvent waiting, string reason, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        if (await FindAsync(waiting.Part, waiting.Key, ct) is { } item)
        {
            item["was_part"] = Attr.S(waiting.Part);
            item["reason"] = Attr.S(reason.Length > MaxReason ? reason[..MaxReason] : reason);
            item["aside_at"] = Attr.Time(Time.GetUtcNow());
            await MoveAsync(item, waiting.Part, _dead, waiting.Key, ct);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AsideEvent>> ListAsideAsync(int limit, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = Table,
            KeyConditionExpression = "part = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(_dead) },
            ConsistentRead = true,
            Limit = limit,
        };
        return [.. ((await Client.QueryAsync(request, ct)).Items ?? []).Select(item =>
        {
            var row = new ItemReader(item);
            var at = row.TimeOrNull("at");
            return new AsideEvent(row.String("event_key"), row.StringOrNull("kind") ?? "", at, row.Time("aside_at"), row.String("reason"));
        })];
    }

    /// <inheritdoc/>
    public async Task<bool> ResendAsync(string key, CancellationToken ct = default)
    {
        if (await FindAsync(_dead, key, ct) is not { } item)
        {
            return false;
        }

        var part = item["was_part"].S;
        item.Remove("was_part");
        item.Remove("reason");
        item.Remove("aside_at");
        var moved = await MoveAsync(item, _dead, part, key, ct);
        signal.Raise();
        return moved;
    }

    private async Task<Dictionary<string, AttributeValue>?> FindAsync(string part, string key, CancellationToken ct)
    {
        var request = new GetItemRequest { TableName = Table, Key = KeyOf(part, key), ConsistentRead = true };
        return (await Client.GetItemAsync(request, ct)).Item is { Count: > 0 } item ? item : null;
    }

    private async Task<bool> MoveAsync(
        Dictionary<string, AttributeValue> item, string from, string to, string key, CancellationToken ct)
    {
        item["part"] = Attr.S(to);
        if (from == to && item["event_key"].S == key)
        {
            // A transaction cannot write a row twice.
            await Client.PutItemAsync(
                new PutItemRequest { TableName = Table, Item = item, ConditionExpression = "attribute_exists(part)" }, ct);
            return true;
        }

        var delete = new Delete { TableName = Table, Key = KeyOf(from, key), ConditionExpression = "attribute_exists(part)" };
        try
        {
            var put = new Put { TableName = Table, Item = item };
            await Client.TransactWriteItemsAsync(
                new TransactWriteItemsRequest { TransactItems = [new() { Delete = delete }, new() { Put = put }] }, ct);
            return true;
        }
        catch (TransactionCanceledException exception)
            when (exception.CancellationReasons?.Exists(reason => reason.Code == "ConditionalCheckFailed") == true)
        {
            // Moved elsewhere at the same moment.
            return false;
        }
    }

    /// <summary>Returns the key of a row of the table.</summary>
    internal static Dictionary<string, AttributeValue> KeyOf(string part, string key) =>
        new(StringComparer.Ordinal) { ["part"] = Attr.S(part), ["event_key"] = Attr.S(key) };

    /// <summary>The shard of an event: events of one shard are read in their order.</summary>
    protected abstract int ShardOf(BankEvent happened);

    private string PartOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"{queue}#{shard}");

    private QueryRequest Waiting(int shard, int limit, DateTimeOffset? until)
    {
        var request = new QueryRequest
        {
            TableName = Table,
            KeyConditionExpression = "part = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(PartOf(shard)) },
            ConsistentRead = true,
            Limit = limit,
        };
        if (until is { } last)
        {
            // Keys go on with "#" after the time.
            request.KeyConditionExpression += " AND event_key < :end";
            request.ExpressionAttributeValues[":end"] = Attr.S(Attr.FormatTime(last) + "$");
        }

        return request;
    }

    private Dictionary<string, AttributeValue> ToItem(BankEvent happened) => new ItemWriter()
        .Set("part", PartOf(ShardOf(happened)))
        .Set("event_key", $"{Attr.FormatTime(happened.At)}#{happened.Id}")
        .Set("id", happened.Id)
        .Set("kind", happened.Kind)
        .Set("person", happened.PersonId.Length > 0 ? happened.PersonId : null)
        .Set("at", happened.At)
        .Set("facts", Base64Url.DecodeFromChars(protector.Protect(Purpose, JsonSerializer.Serialize(happened.Facts))))
        .ToItem();

    // One row that cannot be read must not stop all others.
    private WaitingEvent FromItem(Dictionary<string, AttributeValue> item)
    {
        var (part, key) = (item["part"].S, item["event_key"].S);
        try
        {
            var row = new ItemReader(item);
            var facts = protector.Unprotect(Purpose, Base64Url.EncodeToString(row.Bytes("facts")));
            return new WaitingEvent(
                new BankEvent(
                    row.String("id"),
                    row.String("kind"),
                    row.StringOrNull("person") ?? "",
                    row.Time("at"),
                    JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(facts)!),
                part,
                key);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or JsonException or
            System.Security.Cryptography.CryptographicException)
        {
            return new WaitingEvent(null, part, key, exception.GetType().Name);
        }
    }
}
