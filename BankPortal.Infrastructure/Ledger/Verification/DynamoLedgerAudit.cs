using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using BankPortal.Core.Ledger.Verification;
using BankPortal.Infrastructure.Accounts;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Ledger.Verification;

/// <summary>
/// Reads the whole ledger from DynamoDB by scanning, strongly consistent. For verification only. A table or row that cannot be read
/// ends the reading with a <see cref="DatabaseUnavailableException"/> that names it. Thread-safe.
/// </summary>
public sealed class DynamoLedgerAudit(DynamoDatabase database, LedgerItems items, AccountItems accountItems) : ILedgerAudit
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<Account> AccountsAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(AccountTables.Accounts, ct))
        {
            if (item.ContainsKey("owner_id"))
            {
                yield return Read(AccountTables.Accounts, item, accountItems.FromItem);
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Transfer> TransfersAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(LedgerTables.Transfers, ct))
        {
            yield return Read(LedgerTables.Transfers, item, items.ToTransfer);
        }
    }

    /// <inheritdoc/>
    /// <remarks>A scan returns the items of one partition key together, ordered by sort key.</remarks>
    public async IAsyncEnumerable<Entry> EntriesAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var item in ScanAsync(LedgerTables.Entries, ct))
        {
            yield return Read(LedgerTables.Entries, item, items.ToEntry);
        }
    }

    private async IAsyncEnumerable<Dictionary<string, AttributeValue>> ScanAsync(
        TableSpec table, [EnumeratorCancellation] CancellationToken ct)
    {
        var request = new ScanRequest { TableName = database.TableName(table), ConsistentRead = true };
        do
        {
            var response = await ScanAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    private async Task<ScanResponse> ScanAsync(ScanRequest request, CancellationToken ct)
    {
        try
        {
            return await database.Client.ScanAsync(request, ct);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException && DatabaseFault.Explain(e) is not null)
        {
            throw new DatabaseUnavailableException(
                $"The table {request.TableName} cannot be read: {DatabaseFault.OneLine(e)} If the database answers otherwise, its data is damaged. "
                    + DatabaseFault.Advice,
                e);
        }
    }

    // A changed byte may break any part of a row: its text, a number, a name of an enumeration, the encryption.
    private T Read<T>(TableSpec table, Dictionary<string, AttributeValue> item, Func<Dictionary<string, AttributeValue>, T> read)
    {
        try
        {
            return read(item);
        }
        catch (Exception e)
        {
            var key = string.Join(", ", KeysOf(table).Select(name => $"{name} {item.GetValueOrDefault(name)?.S}"));
            throw new DatabaseUnavailableException(
                $"The row {key} of {database.TableName(table)} is damaged: {DatabaseFault.OneLine(e)} {DatabaseFault.Advice}", e);
        }
    }

    private static IEnumerable<string> KeysOf(TableSpec table) =>
        table.SortKey is { } sort ? [table.PartitionKey.Name, sort.Name] : [table.PartitionKey.Name];
}
