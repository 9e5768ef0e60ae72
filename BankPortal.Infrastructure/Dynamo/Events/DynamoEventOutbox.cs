using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Common.Events;

namespace BankPortal.Infrastructure.Dynamo.Events;

/// <summary>The queue of what happened in the bank. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="protector">Encrypts the facts.</param>
/// <param name="signal">Wakes the dispatcher of this process.</param>
/// <param name="time">The clock.</param>
public sealed class DynamoEventOutbox(DynamoDatabase database, IFieldProtector protector, EventSignal signal, TimeProvider time)
    : DynamoOutbox(database, protector, signal, time, EventTables.EventQueue), IBankEvents
{
    private const string RaisedKey = "-";

    /// <inheritdoc/>
    public async Task RaiseAsync(BankEvent happened, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var guard = new TransactWriteItem
        {
            Put = new Put
            {
                TableName = Table,
                Item = new ItemWriter()
                    .Set("part", "raised#" + happened.Id)
                    .Set("event_key", RaisedKey)
                    .SetTtl("expires_at", Time.GetUtcNow() + IBankEvents.RememberedFor)
                    .ToItem(),
                ConditionExpression = "attribute_not_exists(part)",
            },
        };
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = [guard, Write(happened)] }, ct);
                Written();
                return;
            }
            catch (TransactionCanceledException exception)
                when (exception.CancellationReasons?.Exists(reason => reason.Code == "ConditionalCheckFailed") == true)
            {
                return;
            }
            catch (TransactionCanceledException) when (attempt < 8)
            {
                // The same event is being raised elsewhere at this moment.
            }

            await Core.Common.Backoff.DelayAsync(attempt, ct);
        }
    }

    /// <inheritdoc/>
    protected override int ShardOf(BankEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return happened.Id[^1] % EventTables.Shards;
    }
}
