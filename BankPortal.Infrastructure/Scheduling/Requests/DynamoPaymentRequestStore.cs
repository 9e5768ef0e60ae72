using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Scheduling.Requests;

namespace BankPortal.Infrastructure.Scheduling.Requests;

/// <summary>
/// Stores requests for money in DynamoDB, under both people: <c>request#{id}</c> twice, <c>block#{asker}</c> under who blocks, and
/// <c>made</c>, which counts what a person has asked for. Thread-safe.
/// </summary>
public sealed class DynamoPaymentRequestStore(DynamoDatabase database, IFieldProtector protector) : IPaymentRequestStore
{
    private const string NamePurpose = "scheduling.request.name";
    private const string TextPurpose = "scheduling.request.text";
    private const string Person = "person_id";
    private const string Item = "item_key";
    private const string Version = "version";
    private const string RequestPrefix = "request#";
    private const string BlockPrefix = "block#";
    private const string MadeKey = "made";

    // How long people can look at what became of a request, after its last day.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly string _table = database.TableName(SchedulingTables.PaymentRequests);

    /// <inheritdoc/>
    public async Task<PersonRequests> ReadAsync(string personId, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Person} = :person",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":person"] = Attr.S(personId) },
            ConsistentRead = true,
        };
        var requests = new List<PaymentRequest>();
        var blocked = new List<BlockedAsker>();
        var version = 0L;
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var row in (response.Items ?? []).Select(item => new ItemReader(item)))
            {
                var key = row.String(Item);
                if (key == MadeKey)
                {
                    version = row.Long(Version);
                }
                else if (key.StartsWith(BlockPrefix, StringComparison.Ordinal))
                {
                    blocked.Add(new BlockedAsker(key[BlockPrefix.Length..], protector.Unprotect(NamePurpose, row.String("name"))));
                }
                else
                {
                    requests.Add(ToRequest(row));
                }
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return new PersonRequests([.. requests.OrderByDescending(one => one.CreatedAt)], [.. blocked], version);
    }

    /// <inheritdoc/>
    public async Task<PaymentRequest?> FindAsync(string personId, string requestId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(personId, RequestPrefix + requestId), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? ToRequest(new ItemReader(item)) : null;
    }

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(PaymentRequest request, long askerVersion, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var items = People(request)
            .Select(person => new TransactWriteItem
            {
                Put = new Put
                {
                    TableName = _table,
                    Item = ToItem(person, request),
                    ConditionExpression = $"attribute_not_exists({Item})",
                },
            })
            .ToList();
        items.Add(new TransactWriteItem
        {
            Update = new Update
            {
                TableName = _table,
                Key = Key(request.AskerId, MadeKey),
                UpdateExpression = $"SET {Version} = :next",
                ConditionExpression = askerVersion == 0 ? $"attribute_not_exists({Version})" : $"{Version} = :seen",
                ExpressionAttributeValues = askerVersion == 0
                    ? new(StringComparer.Ordinal) { [":next"] = Attr.N(1L) }
                    : new(StringComparer.Ordinal) { [":next"] = Attr.N(askerVersion + 1), [":seen"] = Attr.N(askerVersion) },
            },
        });
        return TryAsync(items, ct);
    }

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(PaymentRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return TryAsync(
            [
                .. People(request).Select(person => new TransactWriteItem
                {
                    Put = new Put
                    {
                        TableName = _table,
                        Item = ToItem(person, request),
                        ConditionExpression = $"{Version} = :seen",
                        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":seen"] = Attr.N(request.Version - 1) },
                    },
                }),
            ],
            ct);
    }

    /// <inheritdoc/>
    public async Task<bool> IsBlockedAsync(string payerId, string askerId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(payerId, BlockPrefix + askerId), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 };
    }

    /// <inheritdoc/>
    public Task BlockAsync(string payerId, BlockedAsker asker, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(asker);
        return database.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = _table,
                Item = new ItemWriter()
                    .Set(Person, payerId)
                    .Set(Item, BlockPrefix + asker.AskerId)
                    .Set("name", protector.Protect(NamePurpose, asker.Name))
                    .ToItem(),
            },
            ct);
    }

    /// <inheritdoc/>
    public Task UnblockAsync(string payerId, string askerId, CancellationToken ct = default) =>
        database.Client.DeleteItemAsync(
            new DeleteItemRequest { TableName = _table, Key = Key(payerId, BlockPrefix + askerId) }, ct);

    // A payer who has blocked the asker never gets the request.
    private static IEnumerable<string> People(PaymentRequest request) =>
        request.IsSilent ? [request.AskerId] : [request.AskerId, request.PayerId];

    private static Dictionary<string, AttributeValue> Key(string personId, string item) =>
        new(StringComparer.Ordinal) { [Person] = Attr.S(personId), [Item] = Attr.S(item) };

    private async Task<bool> TryAsync(List<TransactWriteItem> items, CancellationToken ct)
    {
        try
        {
            await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = items }, ct);
            return true;
        }
        catch (TransactionCanceledException exception) when (
            exception.CancellationReasons?.Exists(reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }
    }

    private Dictionary<string, AttributeValue> ToItem(string personId, PaymentRequest request) => new ItemWriter()
        .Set(Person, personId)
        .Set(Item, RequestPrefix + request.Id)
        .Set(Version, (long?)request.Version)
        .Set("asker", request.AskerId)
        .Set("asker_name", protector.Protect(NamePurpose, request.AskerName))
        .Set("to_account", request.ToAccountId)
        .Set("to_number", request.ToNumber.Digits)
        .Set("payer", request.PayerId)
        .Set("payer_name", protector.Protect(NamePurpose, request.PayerName))
        .Set("payer_number", request.PayerNumber.Digits)
        .Set("amount", (long?)request.Amount.MinorUnits)
        .Set("currency", request.Amount.Currency.Code)
        .Set("text", request.Text.Length == 0 ? null : protector.Protect(TextPurpose, request.Text))
        .Set("until", (DateOnly?)request.Until)
        .Set("state", request.State)
        .Set("transfer_id", request.TransferId)
        .Set("silent", request.IsSilent ? "yes" : null)
        .Set("created_at", (DateTimeOffset?)request.CreatedAt)
        .Set("changed_at", (DateTimeOffset?)request.ChangedAt)
        .SetTtl("expires_at", new DateTimeOffset(request.Until, TimeOnly.MinValue, TimeSpan.Zero) + Kept)
        .ToItem();

    private PaymentRequest ToRequest(ItemReader row) => new()
    {
        Id = row.String(Item)[RequestPrefix.Length..],
        Version = row.Long(Version),
        AskerId = row.String("asker"),
        AskerName = protector.Unprotect(NamePurpose, row.String("asker_name")),
        ToAccountId = row.String("to_account"),
        ToNumber = AccountNumber.Parse(row.String("to_number")),
        PayerId = row.String("payer"),
        PayerName = protector.Unprotect(NamePurpose, row.String("payer_name")),
        PayerNumber = AccountNumber.Parse(row.String("payer_number")),
        Amount = new Money(row.Long("amount"), Currency.Of(row.String("currency"))),
        Text = row.StringOrNull("text") is { } text ? protector.Unprotect(TextPurpose, text) : "",
        Until = row.Day("until"),
        State = row.Enum<PaymentRequestState>("state"),
        TransferId = row.StringOrNull("transfer_id"),
        IsSilent = row.StringOrNull("silent") is not null,
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };
}
