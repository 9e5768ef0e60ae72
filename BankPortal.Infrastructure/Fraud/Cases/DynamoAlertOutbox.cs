using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Cases;
using BankPortal.Infrastructure.Ledger;
using BankPortal.Infrastructure.Ledger.Posting;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>The alert outbox: an attribute of transfers in DynamoDB that the ledger sets when a transfer needs attention.
/// Thread-safe.</summary>
public sealed class DynamoAlertOutbox(DynamoDatabase database) : IAlertOutbox
{
    private const int PageSize = 100;
    private const int MaxTries = 8;

    private readonly string _transfers = database.TableName(LedgerTables.Transfers);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _transfers,
            IndexName = LedgerTables.AlertIndex,
            KeyConditionExpression = $"{LedgerItems.AlertKey} = :pending",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":pending"] = Attr.S(LedgerItems.AlertPending) },
            Limit = PageSize,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                yield return new ItemReader(item).String("transfer_id");
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }

    /// <inheritdoc/>
    public async Task<bool> ClearAsync(string transferId, TransferStatus seen, CancellationToken ct = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await database.Client.UpdateItemAsync(
                    new UpdateItemRequest
                    {
                        TableName = _transfers,
                        Key = new(StringComparer.Ordinal) { ["transfer_id"] = Attr.S(transferId) },
                        UpdateExpression = $"REMOVE {LedgerItems.AlertKey}",
                        ConditionExpression = $"#status = :seen AND attribute_exists({LedgerItems.AlertKey})",
                        ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#status"] = "status" },
                        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":seen"] = Attr.S(seen.ToString()) },
                    },
                    ct);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                // Settled in the meantime, so it has to be processed again; or another node was faster.
                return false;
            }
            catch (TransactionConflictException) when (attempt < MaxTries)
            {
                // The transfer is being settled at this moment.
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }
}
