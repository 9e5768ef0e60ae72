using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger.Verification;

/// <summary>Reads the whole ledger from DynamoDB by scanning, strongly consistent. For verification only. Thread-safe.</summary>
public sealed class DynamoLedgerAudit(DynamoDatabase database, LedgerItems items, AccountItems accountItems) : ILedgerAudit
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Account> AccountsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(AccountTables.Accounts, ct))
        {
            if (item.ContainsKey("owner_id"))
            {
                yield return accountItems.FromItem(item);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Transfer> TransfersAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(LedgerTables.Transfers, ct))
        {
            yield return items.ToTransfer(item);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A scan returns the items of one partition key together, ordered by sort key.</remarks>
    public async IAsyncEnumerable<Entry> EntriesAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(LedgerTables.Entries, ct))
        {
            yield return items.ToEntry(item);
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        TableSpec table, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = database.TableName(table), ConsistentRead = true };
        do
        {
            var response = await database.Client.ScanAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
