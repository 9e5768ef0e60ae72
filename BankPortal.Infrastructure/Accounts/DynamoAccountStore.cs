using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Events;
using BankPortal.Infrastructure.Dynamo.Events;

namespace BankPortal.Infrastructure.Accounts;

/// <summary>Stores accounts in DynamoDB. Every read is strongly consistent. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="items">Converts accounts.</param>
/// <param name="events">Where events are written, in the transaction of the change; <see langword="null"/> for none.</param>
public sealed class DynamoAccountStore(DynamoDatabase database, AccountItems items, DynamoEventOutbox? events = null) : IAccountStore
{
    private const string AccountIds = "account_ids";

    // Longer than every id and prefixed number. Ids come from addresses that anybody can type, and DynamoDB throws for long keys.
    private const int MaxKeyLength = 200;

    private readonly string _table = database.TableName(AccountTables.Accounts);

    /// <inheritdoc/>
    public async Task<Account?> FindAsync(string accountId, CancellationToken ct = default) =>
        await GetAsync(accountId, ct) is { } item && item.ContainsKey("owner_id") ? items.FromItem(item) : null;

    /// <inheritdoc/>
    public async Task<Account?> FindByNumberAsync(AccountNumber number, CancellationToken ct = default) =>
        await GetAsync(NumberKey(number), ct) is { } pointer ? await FindAsync(pointer["points_to"].S, ct) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Account>> ListByOwnerAsync(string ownerId, CancellationToken ct = default)
    {
        if (await GetAsync(OwnerKey(ownerId), ct) is not { } owner)
        {
            return [];
        }

        // An owner has at most a few dozen accounts, well within the hundred keys of one request.
        var keys = new ItemReader(owner).Strings(AccountIds).Select(Key).ToList();
        var found = await Batch.GetAsync(
            database.Client,
            new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal) { [_table] = new() { Keys = keys, ConsistentRead = true } },
            ct);
        return [.. found[_table].Select(items.FromItem).OrderBy(a => a.OpenedAt).ThenBy(a => a.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, CancellationToken ct = default) =>
        TryOpenAsync(account, maxPerOwner, isNews: true, ct);

    /// <inheritdoc/>
    public async Task<OpenOutcome> TryOpenAsync(Account account, int maxPerOwner, bool isNews, CancellationToken ct = default)
    {
        var put = new Put { TableName = _table, Item = items.ToItem(account), ConditionExpression = "attribute_not_exists(account_id)" };
        var number = new Put
        {
            TableName = _table,
            Item = new ItemWriter().Set(AccountItems.Key, NumberKey(account.Number)).Set("points_to", account.Id).ToItem(),
            ConditionExpression = "attribute_not_exists(account_id)",
        };
        var owner = new Update
        {
            TableName = _table,
            Key = Key(OwnerKey(account.OwnerId)),
            UpdateExpression = "ADD account_ids :ids",
            ConditionExpression = "attribute_not_exists(account_ids) OR size(account_ids) < :max",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":ids"] = new AttributeValue { SS = [account.Id] },
                [":max"] = Attr.N((long)maxPerOwner),
            },
        };

        List<TransactWriteItem> writes = [new() { Put = put }, new() { Put = number }, new() { Update = owner }];
        if (events is not null && isNews)
        {
            writes.Add(events.Write(AccountEvents.Of(account, BankEventKinds.AccountOpened, account.OpenedAt)));
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, ct);
                events?.Written();
                return OpenOutcome.Opened;
            }
            catch (TransactionCanceledException exception)
            {
                switch (exception.CancellationReasons.ConvertAll(r => r.Code == "ConditionalCheckFailed"))
                {
                    case [true, _, _, ..]:
                        return OpenOutcome.AlreadyOpened;
                    case [_, true, _, ..]:
                        return OpenOutcome.NumberTaken;
                    case [_, _, true, ..]:
                        return OpenOutcome.TooMany;
                    case var _ when attempt >= 8:
                        throw;
                }

                await Core.Common.Backoff.DelayAsync(attempt, ct);
            }
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(Account account, long expectedVersion, CancellationToken ct = default) =>
        TryUpdateAsync(account, expectedVersion, null, ct);

    /// <inheritdoc/>
    public async Task<bool> TryUpdateAsync(Account account, long expectedVersion, BankEvent? happened, CancellationToken ct = default)
    {
        var item = items.ToItem(account);
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":version"] = Attr.N(expectedVersion) };
        try
        {
            if (events is not null && happened is not null)
            {
                var put = new Put
                {
                    TableName = _table,
                    Item = item,
                    ConditionExpression = "version = :version",
                    ExpressionAttributeValues = values,
                };
                await database.Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = [new() { Put = put }, events.Write(happened)] }, ct);
                events.Written();
                return true;
            }

            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = item,
                    ConditionExpression = "version = :version",
                    ExpressionAttributeValues = values,
                },
                ct);
            return true;
        }
        catch (TransactionCanceledException exception)
            when (exception.CancellationReasons?.Exists(
                reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict") == true)
        {
            return false;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
        catch (TransactionConflictException)
        {
            return false;
        }
    }

    private static string NumberKey(AccountNumber number) => AccountTables.NumberPrefix + number.Digits;

    private static string OwnerKey(string ownerId) => AccountTables.OwnerPrefix + ownerId;

    private static Dictionary<string, AttributeValue> Key(string id) => new(StringComparer.Ordinal) { [AccountItems.Key] = Attr.S(id) };

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(string id, CancellationToken ct)
    {
        if (id.Length is 0 or > MaxKeyLength)
        {
            return null;
        }

        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(id), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }
}
