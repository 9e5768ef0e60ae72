using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Reconciliation;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger.Reconciliation;

/// <summary>Reads the ledger from DynamoDB piece by piece for reconciliation. Thread-safe.</summary>
/// <remarks>
/// Reads the accounts with a scan, one small page at a time. A scan would be too slow for a user's request, but it suits a background job
/// and does not depend on a list of accounts that could itself be wrong.
/// </remarks>
public sealed class DynamoReconciliationReader(
    DynamoDatabase database, LedgerItems items, AccountItems accountItems) : IReconciliationReader
{
    // DynamoDB's limit of keys in one batch read.
    private const int MaxKeys = 100;

    // An account has its own row, one for its number, and a share of one for its owner.
    private const int RowsPerAccount = 3;

    private readonly string _accounts = database.TableName(AccountTables.Accounts);
    private readonly string _transfers = database.TableName(LedgerTables.Transfers);
    private readonly string _entries = database.TableName(LedgerTables.Entries);

    /// <inheritdoc/>
    public async Task<AccountPage> NextAccountsAsync(string? after, int limit, CancellationToken ct = default)
    {
        var response = await database.Client.ScanAsync(
            new ScanRequest
            {
                TableName = _accounts,
                Limit = limit * RowsPerAccount,
                ConsistentRead = true,
                ExclusiveStartKey = after is null ? null : new(StringComparer.Ordinal) { [AccountItems.Key] = Attr.S(after) },
            },
            ct);
        var rows = (response.Items ?? [])
            .Where(item => IsAccount(item[AccountItems.Key].S))
            .Select(item => new AccountRow(item[AccountItems.Key].S, Read(() => accountItems.FromItem(item))))
            .ToList();

        // Rows that do not fit are read again: the next page begins after the last row taken.
        return rows.Count > limit
            ? new AccountPage([.. rows.Take(limit)], rows[limit - 1].Id)
            : new AccountPage([.. rows], response.LastEvaluatedKey is { Count: > 0 } key ? key[AccountItems.Key].S : null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Transfer?>> FindTransfersAsync(
        IReadOnlyCollection<string> transferIds, CancellationToken ct = default)
    {
        var found = await GetAsync(
            _transfers,
            transferIds.Select(id => new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { ["transfer_id"] = Attr.S(id) }),
            ct);
        return found.ToDictionary(item => item["transfer_id"].S, item => Read(() => items.ToTransfer(item)), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Entry?>> FindInternalLegsAsync(
        IReadOnlyCollection<Transfer> transfers, CancellationToken ct = default)
    {
        var byKey = transfers
            .Where(transfer => transfer.PostedAt is not null)
            .Select(transfer => (
                transfer.Id,
                Account: GeneralLedger.ShardOf(
                    GeneralLedger.IsInternal(transfer.DebitAccountId) ? transfer.DebitAccountId : transfer.CreditAccountId, transfer.Id),
                Key: LedgerItems.KeyOf(transfer.PostedAt!.Value, transfer.Id)))
            .ToDictionary(leg => (leg.Account, leg.Key), leg => leg.Id);
        var found = await GetAsync(
            _entries,
            byKey.Keys.Select(leg => new Dictionary<string, AttributeValue>(StringComparer.Ordinal)
            {
                ["account_id"] = Attr.S(leg.Account),
                ["entry_key"] = Attr.S(leg.Key),
            }),
            ct);
        return found.ToDictionary(
            item => byKey[(item["account_id"].S, item["entry_key"].S)],
            item => Read(() => items.ToEntry(item)),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldTransfer>> ListHeldAsync(CancellationToken ct = default)
    {
        var held = new List<HeldTransfer>();
        var request = new QueryRequest
        {
            TableName = _transfers,
            IndexName = LedgerTables.StatusIndex,
            KeyConditionExpression = "open_status = :held",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":held"] = Attr.S("held") },
            ProjectionExpression = "transfer_id, debit_account_id, amount",
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            held.AddRange((response.Items ?? []).Select(item => Read(() => ToHeld(item))).OfType<HeldTransfer>());
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return held;
    }

    private static bool IsAccount(string key) =>
        !key.StartsWith(AccountTables.NumberPrefix, StringComparison.Ordinal)
            && !key.StartsWith(AccountTables.OwnerPrefix, StringComparison.Ordinal);

    private static HeldTransfer ToHeld(Dictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new HeldTransfer(read.String("transfer_id"), read.String("debit_account_id"), read.Long("amount"));
    }

    private static T? Read<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (
            exception is InvalidDataException or FormatException or CryptographicException or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<List<Dictionary<string, AttributeValue>>> GetAsync(
        string table, IEnumerable<Dictionary<string, AttributeValue>> keys, CancellationToken ct)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        foreach (var some in keys.Chunk(MaxKeys))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [table] = new() { Keys = [.. some], ConsistentRead = true },
            };
            found.AddRange((await Batch.GetAsync(database.Client, request, ct))[table]);
        }

        return found;
    }
}
