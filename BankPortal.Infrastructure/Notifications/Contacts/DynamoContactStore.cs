using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Notifications.Contacts;
using BankPortal.Core.Notifications.Delivery;

namespace BankPortal.Infrastructure.Notifications.Contacts;

/// <summary>
/// Stores addresses as rows <c>contact#…</c> among a person's messages, the code sent last as <c>contact-code#sms</c>, and how many
/// confirmations were sent on a day as <c>contact-sent#{day}</c>, of the person and of the hashed address. Thread-safe.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts addresses.</param>
/// <param name="hasher">Hashes codes, and the addresses that are counted.</param>
public sealed class DynamoContactStore(DynamoDatabase database, IFieldProtector protector, LookupHasher hasher) : IContactStore
{
    private const string Purpose = "notification.contact";
    private const string ContactPrefix = "contact#";
    private const string CodeKey = "contact-code#sms";
    private const string SentPrefix = "contact-sent#";

    // The partition of an address that belongs to nobody in particular.
    private const string AddressPrefix = "address#";
    private const int MostAttempts = 8;

    private readonly string _table = database.TableName(NotificationTables.Messages);

    /// <inheritdoc/>
    public async Task<ImmutableArray<ContactPoint>> ListAsync(string personId, CancellationToken ct = default)
    {
        var response = await database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = "person_id = :person AND begins_with(message_key, :prefix)",
                ExpressionAttributeValues = new(StringComparer.Ordinal)
                {
                    [":person"] = Attr.S(personId),
                    [":prefix"] = Attr.S(ContactPrefix),
                },
                ConsistentRead = true,
            },
            ct);
        return [.. (response.Items ?? []).Select(FromItem)];
    }

    /// <inheritdoc/>
    public async Task<ContactPoint?> FindAsync(string personId, DeliveryChannel channel, CancellationToken ct = default) =>
        await FindItemAsync(personId, KeyOf(channel), ct) is { } item ? FromItem(item) : null;

    /// <inheritdoc/>
    public async Task<ContactPoint?> TrySaveAsync(ContactPoint contact, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        var saved = contact with { Version = contact.Version + 1 };
        var item = new ItemWriter()
            .Set("person_id", saved.PersonId)
            .Set("message_key", KeyOf(saved.Channel))
            .Set<DeliveryChannel>("channel", saved.Channel)
            .Set("address", protector.Protect(Purpose, saved.Address))
            .Set<ContactState>("contact_state", saved.State)
            .Set("topic", saved.TopicId)
            .Set("subscribed_at", saved.SubscribedAt)
            .Set("checked_at", saved.CheckedAt)
            .Set("version", saved.Version)
            .ToItem();
        return await VersionedRow.TryPutAsync(database.Client, _table, item, contact.Version, ct) ? saved : null;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string personId, DeliveryChannel channel, CancellationToken ct = default) =>
        DeleteItemAsync(personId, KeyOf(channel), ct);

    /// <inheritdoc/>
    public async Task<bool> TryCountAsync(string personId, string address, int most, DateTimeOffset at, CancellationToken ct = default)
    {
        var hashed = AddressPrefix + await hasher.HashAsync(ct, "contact-address", address.ToUpperInvariant());
        var request = new TransactWriteItemsRequest
        {
            TransactItems = [new() { Update = Count(personId, most, at) }, new() { Update = Count(hashed, most, at) }],
        };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await database.Client.TransactWriteItemsAsync(request, ct);
                return true;
            }
            catch (TransactionCanceledException exception)
                when (exception.CancellationReasons?.Exists(reason => reason.Code == "ConditionalCheckFailed") == true)
            {
                return false;
            }
            catch (TransactionCanceledException) when (attempt < MostAttempts)
            {
                await Core.Common.Backoff.DelayAsync(attempt, ct);
            }
        }
    }

    /// <inheritdoc/>
    public async Task SaveCodeAsync(string personId, SentCode sent, string code, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var item = new ItemWriter()
            .Set("person_id", personId)
            .Set("message_key", CodeKey)
            .Set("address", protector.Protect(Purpose, sent.Number))
            .Set("code_hash", await HashAsync(personId, sent.Number, code, ct))
            .Set("tries", 0)
            .Set("sent_at", sent.SentAt)
            .Set("good_until", sent.ExpiresAt)
            .SetTtl("expires_at", sent.ExpiresAt.AddDays(1))
            .ToItem();
        await database.Client.PutItemAsync(new PutItemRequest { TableName = _table, Item = item }, ct);
    }

    /// <inheritdoc/>
    public async Task<SentCode?> FindCodeAsync(string personId, CancellationToken ct = default) =>
        await FindItemAsync(personId, CodeKey, ct) is { } item ? SentOf(new ItemReader(item)) : null;

    /// <inheritdoc/>
    public async Task<CodeTry?> TryCodeAsync(string personId, string code, int most, DateTimeOffset at, CancellationToken ct = default)
    {
        try
        {
            // Counted before it is compared, so that tries at the same time cannot be more than there may be.
            var response = await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _table,
                    Key = Key(personId, CodeKey),
                    UpdateExpression = "ADD tries :one",
                    ConditionExpression = "tries < :most AND good_until > :now",
                    ExpressionAttributeValues = new(StringComparer.Ordinal)
                    {
                        [":one"] = Attr.N(1L),
                        [":most"] = Attr.N((long)most),
                        [":now"] = Attr.Time(at),
                    },
                    ReturnValues = ReturnValue.ALL_NEW,
                },
                ct);
            var row = new ItemReader(response.Attributes);
            var number = SentOf(row).Number;
            var expected = Encoding.UTF8.GetBytes(row.String("code_hash"));
            var given = Encoding.UTF8.GetBytes(await HashAsync(personId, number, code, ct));
            return new CodeTry(number, CryptographicOperations.FixedTimeEquals(expected, given), most - row.Int("tries"));
        }
        catch (ConditionalCheckFailedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task DeleteCodeAsync(string personId, CancellationToken ct = default) => DeleteItemAsync(personId, CodeKey, ct);

    private static string KeyOf(DeliveryChannel channel) => ContactPrefix + channel.ToString().ToLowerInvariant();

    private static Dictionary<string, AttributeValue> Key(string personId, string key) =>
        new(StringComparer.Ordinal) { ["person_id"] = Attr.S(personId), ["message_key"] = Attr.S(key) };

    private Update Count(string partition, int most, DateTimeOffset at) => new()
    {
        TableName = _table,
        Key = Key(partition, SentPrefix + Attr.FormatDay(DateOnly.FromDateTime(at.UtcDateTime))),
        UpdateExpression = "SET expires_at = :expiry ADD sent :one",
        ConditionExpression = "attribute_not_exists(sent) OR sent < :most",
        ExpressionAttributeValues = new(StringComparer.Ordinal)
        {
            [":one"] = Attr.N(1L),
            [":most"] = Attr.N((long)most),
            [":expiry"] = Attr.N(at.AddDays(2).ToUnixTimeSeconds()),
        },
    };

    private ValueTask<string> HashAsync(string personId, string number, string code, CancellationToken ct) =>
        hasher.HashAsync(ct, "contact-code", personId, number, code);

    private SentCode SentOf(ItemReader row) =>
        new(protector.Unprotect(Purpose, row.String("address")), row.Time("sent_at"), row.Time("good_until"));

    private async Task<Dictionary<string, AttributeValue>?> FindItemAsync(string personId, string key, CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(personId, key), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private Task DeleteItemAsync(string personId, string key, CancellationToken ct) =>
        database.Client.DeleteItemAsync(new DeleteItemRequest { TableName = _table, Key = Key(personId, key) }, ct);

    private ContactPoint FromItem(Dictionary<string, AttributeValue> item)
    {
        var row = new ItemReader(item);
        return new ContactPoint(
            row.String("person_id"), row.Enum<DeliveryChannel>("channel"), protector.Unprotect(Purpose, row.String("address")))
        {
            State = row.Enum<ContactState>("contact_state"),
            TopicId = row.String("topic"),
            SubscribedAt = row.Time("subscribed_at"),
            CheckedAt = row.Time("checked_at"),
            Version = row.Long("version"),
        };
    }
}
