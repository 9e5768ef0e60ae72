using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using BankPortal.Core.Ledger.Holds;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Dynamo.Events;
using BankPortal.Infrastructure.Ledger.Verification;

namespace BankPortal.Infrastructure.Ledger.Posting;

/// <summary>Stores the ledger in DynamoDB. One step of a transfer is one <c>TransactWriteItems</c>, so there is no partial state to clean
/// up. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="items">Converts transfers and entries.</param>
/// <param name="accountItems">Converts accounts.</param>
/// <param name="witness">Is told of what was committed.</param>
/// <param name="events">Where the event of a commit is written, in the same transaction; <see langword="null"/> for none.</param>
public sealed class DynamoLedgerStore(
    DynamoDatabase database,
    LedgerItems items,
    AccountItems accountItems,
    LedgerWitness? witness = null,
    DynamoEventOutbox? events = null) : ILedgerStore
{
    private readonly string _transfers = database.TableName(LedgerTables.Transfers);
    private readonly string _entries = database.TableName(LedgerTables.Entries);
    private readonly string _accounts = database.TableName(AccountTables.Accounts);

    /// <inheritdoc/>
    public async Task<LedgerSnapshot> ReadAsync(string transferId, IReadOnlyCollection<string> accountIds, CancellationToken ct = default)
    {
        var read = await ReadManyAsync([transferId], accountIds, ct);
        return new LedgerSnapshot(read.Transfers.GetValueOrDefault(transferId), read.Accounts);
    }

    /// <inheritdoc/>
    public Task<GroupSnapshot> ReadManyAsync(
        IReadOnlyCollection<string> transferIds, IReadOnlyCollection<string> accountIds, CancellationToken ct = default) =>
        GuardAsync(
            async () =>
            {
                // DynamoDB refuses a request that names a table without keys.
                var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal);
                if (transferIds.Count > 0)
                {
                    request[_transfers] = new() { Keys = [.. transferIds.Select(TransferKey)], ConsistentRead = true };
                }

                if (accountIds.Count > 0)
                {
                    request[_accounts] = new() { Keys = [.. accountIds.Select(AccountKey)], ConsistentRead = true };
                }

                var found = await Batch.GetAsync(database.Client, request, ct);
                return new GroupSnapshot(
                    (found.GetValueOrDefault(_transfers) ?? []).Select(ToTransfer).ToImmutableDictionary(
                        t => t.Id, StringComparer.Ordinal),
                    (found.GetValueOrDefault(_accounts) ?? []).Select(accountItems.FromItem).ToImmutableDictionary(
                        a => a.Id, StringComparer.Ordinal));
            },
            ct);

    /// <inheritdoc/>
    public async Task<CommitOutcome> CommitAsync(LedgerCommit commit, CancellationToken ct = default)
    {
        try
        {
            return await GuardAsync(() => SendAsync(commit, ct), ct);
        }
        catch (LedgerUnavailableException)
        {
            witness?.Unanswered(commit);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Transfer?> FindTransferAsync(string transferId, CancellationToken ct = default) =>
        GuardAsync(
            async () =>
            {
                var response = await database.Client.GetItemAsync(
                    new GetItemRequest { TableName = _transfers, Key = TransferKey(transferId), ConsistentRead = true }, ct);
                return response.Item is { Count: > 0 } item ? ToTransfer(item) : null;
            },
            ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Entry>> ReadEntriesAsync(EntryQuery query, CancellationToken ct = default) =>
        GuardAsync<IReadOnlyList<Entry>>(
            async () =>
            {
                var request = EntriesOf(query);
                var entries = new List<Entry>(Math.Min(query.Limit, 1000));
                do
                {
                    request.Limit = query.Limit - entries.Count;
                    var response = await database.Client.QueryAsync(request, ct);
                    entries.AddRange((response.Items ?? []).Select(items.ToEntry));
                    request.ExclusiveStartKey = response.LastEvaluatedKey;
                }
                while (request.ExclusiveStartKey is { Count: > 0 } && entries.Count < query.Limit);

                return entries;
            },
            ct);

    /// <inheritdoc/>
    public Task<Entry?> FindEntryAsync(string accountId, EntryPosition position, CancellationToken ct = default) =>
        GuardAsync(
            async () =>
            {
                var response = await database.Client.GetItemAsync(
                    new GetItemRequest
                    {
                        TableName = _entries,
                        Key = EntryKey(accountId, LedgerItems.KeyOf(position)),
                        ConsistentRead = true,
                    },
                    ct);
                return response.Item is { Count: > 0 } item ? items.ToEntry(item) : null;
            },
            ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Transfer>> ListHeldAsync(HeldQuery query, CancellationToken ct = default) =>
        GuardAsync<IReadOnlyList<Transfer>>(
            async () =>
            {
                var request = HeldOf(query);
                var held = new List<Transfer>(Math.Min(query.Limit, 100));
                do
                {
                    request.Limit = query.Limit - held.Count;
                    var response = await database.Client.QueryAsync(request, ct);
                    held.AddRange((response.Items ?? []).Select(items.ToTransfer));
                    request.ExclusiveStartKey = response.LastEvaluatedKey;
                }
                while (request.ExclusiveStartKey is { Count: > 0 } && held.Count < query.Limit);

                return held;
            },
            ct);

    private async Task<CommitOutcome> SendAsync(LedgerCommit commit, CancellationToken ct)
    {
        var attempts = UnansweredAttempts.Watch();
        try
        {
            // The client sets one request token per call, so its own retries of this request commit only once.
            await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = Writes(commit) }, ct);
            witness?.Note(commit);
            events?.Written();
            return new CommitOutcome.Committed();
        }
        catch (TransactionCanceledException exception)
        {
            // A refusal of the last attempt says nothing about an earlier one that got no answer: that one may have taken effect.
            var outcome = Judge(exception, commit.Transfers.Length);
            return outcome is CommitOutcome.Stale && attempts.Any
                ? throw new LedgerUnavailableException("A commit got no answer, and its repetition was refused.", exception)
                : outcome;
        }
    }

    private Transfer ToTransfer(Dictionary<string, AttributeValue> item)
    {
        var transfer = items.ToTransfer(item);
        witness?.Seen(transfer);
        return transfer;
    }

    /// <summary>Builds the requests of a commit in the order that <see cref="Judge"/> relies on: the transfers first.</summary>
    internal List<TransactWriteItem> Writes(LedgerCommit commit)
    {
        var writes = new List<TransactWriteItem>(commit.WriteCount);
        writes.AddRange(commit.Transfers.Select(change => TransferWrite(change)));
        writes.AddRange(commit.Accounts.Select(account => new TransactWriteItem { Put = AccountPut(account) }));
        writes.AddRange(commit.Entries.Select(entry => new TransactWriteItem
        {
            Put = new Put { TableName = _entries, Item = items.ToItem(entry), ConditionExpression = "attribute_not_exists(entry_key)" },
        }));
        if (events is not null && LedgerEvents.Of(commit) is { } happened)
        {
            writes.Add(events.Write(happened));
        }

        return writes;
    }

    private static Dictionary<string, AttributeValue> TransferKey(string id) =>
        new(StringComparer.Ordinal) { ["transfer_id"] = Attr.S(id) };

    private static Dictionary<string, AttributeValue> AccountKey(string id) =>
        new(StringComparer.Ordinal) { [AccountItems.Key] = Attr.S(id) };

    private static Dictionary<string, AttributeValue> EntryKey(string accountId, string key) =>
        new(StringComparer.Ordinal) { ["account_id"] = Attr.S(accountId), ["entry_key"] = Attr.S(key) };

    private TransactWriteItem TransferWrite(TransferChange change)
    {
        if (change.ExpectedStatus is not { } expected)
        {
            return new TransactWriteItem
            {
                Put = new Put
                {
                    TableName = _transfers,
                    Item = items.ToItem(change.Transfer),
                    ConditionExpression = "attribute_not_exists(transfer_id)",
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
            };
        }

        const string unchanged = $"#status = :expected AND attribute_not_exists({LedgerItems.ReversedBy})";
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["#status"] = "status" };
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":expected"] = Attr.S(expected.ToString()) };
        if (expected != TransferStatus.Posted)
        {
            return new TransactWriteItem
            {
                Put = new Put
                {
                    TableName = _transfers,
                    Item = items.ToItem(change.Transfer),
                    ConditionExpression = unchanged,
                    ExpressionAttributeNames = names,
                    ExpressionAttributeValues = values,
                    ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
                },
            };
        }

        // A posted transfer is never changed; it only gets the link to its reversal.
        values[":reversal"] = Attr.S(change.Transfer.ReversedById ?? throw new ArgumentException(
            "A posted transfer can only be linked to its reversal.", nameof(change)));
        return new TransactWriteItem
        {
            Update = new Update
            {
                TableName = _transfers,
                Key = TransferKey(change.Transfer.Id),
                UpdateExpression = $"SET {LedgerItems.ReversedBy} = :reversal",
                ConditionExpression = unchanged,
                ExpressionAttributeNames = names,
                ExpressionAttributeValues = values,
                ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure.ALL_OLD,
            },
        };
    }

    // An unchanged version implies that status and funds are as they were when the rules allowed the step. The rules have checked that
    // the new balance is covered; the store does not repeat the check.
    private Put AccountPut(Account account) => new()
    {
        TableName = _accounts,
        Item = accountItems.ToItem(account),
        ConditionExpression = "version = :version",
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":version"] = Attr.N(account.Version - 1) },
    };

    private CommitOutcome Judge(TransactionCanceledException exception, int transfers)
    {
        var reasons = exception.CancellationReasons ?? [];
        if (reasons.Take(transfers).FirstOrDefault(reason => reason.Code == "ConditionalCheckFailed") is { } guard)
        {
            // Some engines do not return the existing row; then the caller reads it.
            return guard.Item is { Count: > 0 } item
                ? new CommitOutcome.TransferDiffers(ToTransfer(item))
                : new CommitOutcome.Stale();
        }

        return reasons.Exists(reason => reason.Code == "ValidationError")
            ? throw exception
            : new CommitOutcome.Stale(); // A changed account, a conflict with another transaction, or throttling: nothing was written.
    }

    private QueryRequest EntriesOf(EntryQuery query)
    {
        var values = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [":account"] = Attr.S(query.AccountId) };
        var key = "account_id = :account";

        // A key is the time, '#' and the number, so the bare time sorts just before all keys of that instant: as a lower bound it
        // includes them, as an upper bound it excludes them.
        switch (query)
        {
            case { From: { } from, Before: { } before }:
                values[":from"] = Attr.S(Attr.FormatTime(from));
                values[":before"] = Attr.S(Attr.FormatTime(before));
                key += " AND entry_key BETWEEN :from AND :before";
                break;
            case { From: { } from }:
                values[":from"] = Attr.S(Attr.FormatTime(from));
                key += " AND entry_key >= :from";
                break;
            case { Before: { } before }:
                values[":before"] = Attr.S(Attr.FormatTime(before));
                key += " AND entry_key < :before";
                break;
        }

        return new QueryRequest
        {
            TableName = _entries,
            KeyConditionExpression = key,
            ExpressionAttributeValues = values,
            ScanIndexForward = !query.NewestFirst,
            ConsistentRead = true,
            ExclusiveStartKey = query.After is { } after ? EntryKey(query.AccountId, LedgerItems.KeyOf(after)) : null,
        };
    }

    private QueryRequest HeldOf(HeldQuery query)
    {
        var request = new QueryRequest
        {
            TableName = _transfers,
            IndexName = LedgerTables.StatusIndex,
            KeyConditionExpression = "open_status = :held",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":held"] = Attr.S(LedgerItems.OpenHeld) },
            ScanIndexForward = true,
        };
        if (query.Before is { } before)
        {
            request.KeyConditionExpression += " AND created_at < :before";
            request.ExpressionAttributeValues[":before"] = Attr.Time(before);
        }

        if (query.After is { } after)
        {
            request.ExclusiveStartKey = TransferKey(after.Id);
            request.ExclusiveStartKey["open_status"] = Attr.S(LedgerItems.OpenHeld);
            request.ExclusiveStartKey["created_at"] = Attr.Time(after.CreatedAt);
        }

        return request;
    }

    // Maps faults that the SDK's own retries could not resolve. An invalid request is a bug and stays an exception.
    internal static async Task<T> GuardAsync<T>(Func<Task<T>> request, CancellationToken ct)
    {
        try
        {
            return await request();
        }
        catch (AmazonServiceException exception) when (exception.StatusCode == HttpStatusCode.BadRequest && !IsTransient(exception))
        {
            throw;
        }
        catch (Exception exception) when (
            exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TimeoutException
            || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new LedgerUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"The ledger's store gave no usable answer ({exception.GetType().Name})."),
                exception);
        }
    }

    private static bool IsTransient(AmazonServiceException exception) =>
        exception is ProvisionedThroughputExceededException or RequestLimitExceededException
            or TransactionInProgressException or TransactionConflictException
        || exception.ErrorCode is "ThrottlingException" or "Throttling" or "RequestTimeout" or "RequestTimeoutException";
}
