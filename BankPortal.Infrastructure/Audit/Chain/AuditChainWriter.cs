using System.Security.Cryptography;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Audit.Chain;

namespace BankPortal.Infrastructure.Audit.Chain;

/// <summary>
/// Appends rows to the audit log together with the link that covers them, in one transaction. The number of the link is the lock: two
/// processes that want the same one cannot both have it. A process keeps to one chain and knows its last link, so an append is one request.
/// Thread-safe; appends of one process follow each other.
/// </summary>
public sealed class AuditChainWriter : IDisposable
{
    // The link takes one place; old engines take ten items in a transaction.
    private const int MostRows = 9;
    private const int MostAttempts = 12;

    private readonly DynamoDatabase _database;
    private readonly TimeProvider _time;
    private readonly string _table;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly int _shard;
    private AuditLink? _last;
    private bool _isKnown;

    /// <param name="database">The database.</param>
    /// <param name="time">The clock.</param>
    public AuditChainWriter(DynamoDatabase database, TimeProvider time)
        : this(database, time, RandomNumberGenerator.GetInt32(AuditLink.Shards))
    {
    }

    /// <param name="database">The database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="shard">The chain to write to.</param>
    internal AuditChainWriter(DynamoDatabase database, TimeProvider time, int shard)
    {
        ArgumentNullException.ThrowIfNull(database);
        (_database, _time, _shard) = (database, time, shard);
        _table = database.TableName(AuditTables.Records);
    }

    /// <summary>
    /// Appends rows, as many in a transaction as it takes. A row that is there already is left as it is and does not count as new: its id
    /// is random, so it is from an earlier attempt whose answer was lost.
    /// </summary>
    /// <exception cref="TransactionCanceledException">Other processes took the place in the chain every time.</exception>
    public async Task AppendAsync(IEnumerable<Dictionary<string, AttributeValue>> rows, CancellationToken ct)
    {
        foreach (var some in rows.Chunk(MostRows))
        {
            await _turn.WaitAsync(ct);
            try
            {
                await AppendSomeAsync([.. some], ct);
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task AppendSomeAsync(List<Dictionary<string, AttributeValue>> rows, CancellationToken ct)
    {
        for (var attempt = 0; rows.Count > 0; attempt++)
        {
            if (!_isKnown)
            {
                (_last, _isKnown) = (await AuditChainReading.FindLastAsync(_database, _shard, ct), true);
            }

            var name = AuditLink.NameOf(_shard, (_last?.Number ?? 0) + 1);
            foreach (var row in rows)
            {
                row[AuditRowNames.Link] = Attr.S(name);
            }

            var link = AuditLink.After(_shard, _last, _time.GetUtcNow(), rows.Select(AuditChainItems.ToRow));
            try
            {
                await _database.Client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = [Put(AuditChainItems.ToItem(link)), .. rows.Select(Put)] }, ct);
                _last = link;
                return;
            }
            catch (TransactionCanceledException exception) when (attempt < MostAttempts)
            {
                _isKnown = false;
                var reasons = exception.CancellationReasons ?? [];
                rows = [.. rows.Where((_, i) => reasons.ElementAtOrDefault(i + 1)?.Code != "ConditionalCheckFailed")];
            }
            catch
            {
                // Whether it took effect is unknown; the chain is read again before the next.
                _isKnown = false;
                throw;
            }

            await Core.Common.Backoff.DelayAsync(attempt, ct);
        }
    }

    private TransactWriteItem Put(Dictionary<string, AttributeValue> item) => new()
    {
        Put = new Put
        {
            TableName = _table,
            Item = item,
            ConditionExpression = "attribute_not_exists(#subject)",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#subject"] = AuditItems.Subject },
        },
    };
}
