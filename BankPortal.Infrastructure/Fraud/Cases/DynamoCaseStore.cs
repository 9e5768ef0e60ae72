using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Fraud.Cases;

namespace BankPortal.Infrastructure.Fraud.Cases;

/// <summary>Stores cases and alerts in DynamoDB. A step is one transaction; queues and counts cost the same however many cases are
/// closed. Thread-safe.</summary>
public sealed class DynamoCaseStore(DynamoDatabase database, CaseItems items) : ICaseStore
{
    // Tries of a transaction that DynamoDB cancels because another one touches the same rows.
    private const int MaxTries = 8;
    private const int BatchSize = 100;

    private readonly string _table = database.TableName(CaseTables.Cases);

    /// <inheritdoc/>
    public async Task<bool> CommitAsync(CaseCommit commit, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var writes = new List<TransactWriteItem>();
        foreach (var (before, after) in commit.Cases)
        {
            writes.AddRange(before is null ? Opening(after) : Changing(before, after));
        }

        writes.AddRange(commit.Events.Select(what => Put(items.ToItem(what))));
        writes.AddRange(commit.Links.Select(link => Put(CaseItems.ToItem(link))));
        if (commit.Alert is { } into)
        {
            writes.AddRange(Filing(into, !commit.Cases.Any(change => change.After.Id == into.Case.Id)));
        }

        if (commit.MustBeOpen is { } open)
        {
            writes.Add(new TransactWriteItem
            {
                ConditionCheck = new ConditionCheck
                {
                    TableName = _table,
                    Key = CaseItems.HeadKey(open),
                    ConditionExpression = "attribute_exists(part) AND #state <> :closed",
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#state"] = "state" },
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":closed"] = Attr.S(nameof(CaseState.Closed)) },
                },
            });
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                // The client sets one request token per call, so its own retries of this request commit only once.
                await database.Client.TransactWriteItemsAsync(new TransactWriteItemsRequest { TransactItems = writes }, ct);
                return true;
            }
            catch (TransactionCanceledException exception)
            {
                var reasons = exception.CancellationReasons ?? [];
                if (reasons.Exists(reason => reason.Code == "ConditionalCheckFailed"))
                {
                    return false;
                }

                // Another transaction changed a counter or a row at the same moment: nothing was written.
                if (attempt == MaxTries || reasons.Exists(reason => reason.Code == "ValidationError"))
                {
                    throw;
                }
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }

    /// <inheritdoc/>
    public async Task AddEventAsync(CaseEvent what, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(what);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = items.ToItem(what),
                    ConditionExpression = "attribute_not_exists(part)",
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // The event was already added.
        }
    }

    /// <inheritdoc/>
    public async Task<Case?> FindAsync(string caseId, CancellationToken ct = default) =>
        await GetAsync(CaseItems.HeadKey(caseId), ct) is { } item ? CaseItems.ToCase(item) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Case>> FindManyAsync(
        IReadOnlyCollection<string> caseIds, CancellationToken ct = default) =>
        (await GetManyAsync(caseIds, CaseItems.HeadKey, ct))
            .Select(CaseItems.ToCase)
            .ToDictionary(found => found.Id, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<Case?> FindOpenAsync(CaseKind kind, string customerId, CancellationToken ct = default) =>
        await GetAsync(CaseItems.OpenKey(kind, customerId), ct) is { } open
        && await FindAsync(new ItemReader(open).String("case_id"), ct) is { IsOpen: true } found
            ? found
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseEvent>> ListEventsAsync(string caseId, int limit, CancellationToken ct = default) =>
        [.. (await ListPartAsync(caseId, CaseItems.EventPrefix, limit, ct)).Select(items.ToEvent)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CaseLink>> ListLinksAsync(string caseId, CancellationToken ct = default) =>
        [.. (await ListPartAsync(caseId, CaseItems.LinkPrefix, BatchSize, ct)).Select(CaseItems.ToLink)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAlertsAsync(string caseId, int limit, CancellationToken ct = default) =>
        [.. (await ListPartAsync(caseId, CaseItems.AlertPrefix, limit, ct)).Select(item => new ItemReader(item).String("transfer_id"))];

    /// <inheritdoc/>
    public async Task<CasePage> ListAsync(CaseQuery query, string viewerId, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Kinds.IsEmpty || (query.State == CaseState.Closed && query.DueBefore is not null))
        {
            return new CasePage([], null);
        }

        var found = query.Owner == CaseOwner.All
            ? (await Task.WhenAll(query.Kinds.SelectMany(kind => query.States.Select(state => QueueAsync(query, kind, state, ct)))))
                .SelectMany(part => part)
            : await OwnedAsync(query, viewerId, ct);

        // Each part is in order and longer than the page, so the page is the first part of the merged list.
        var inOrder = query.IsDescending
            ? found.OrderByDescending(Position, StringComparer.Ordinal)
            : found.OrderBy(Position, StringComparer.Ordinal);
        var shown = inOrder.Take(query.Limit + 1).ToList();
        return shown.Count > query.Limit
            ? new CasePage([.. shown.Take(query.Limit).Select(CaseItems.ToCase)], Position(shown[query.Limit - 1]))
            : new CasePage([.. shown.Select(CaseItems.ToCase)], null);

        static string Position(Dictionary<string, AttributeValue> item) => item[CaseItems.QueueAt].S;
    }

    /// <inheritdoc/>
    public async Task<CaseCounts> CountAsync(
        IReadOnlyCollection<CaseKind> kinds, string viewerId, DateTimeOffset now, CancellationToken ct = default)
    {
        var counters = database.Client.QueryAsync(
            new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = "part = :counts",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":counts"] = Attr.S(CaseItems.Counts) },
                ConsistentRead = true,
            },
            ct);
        CaseState[] open = [CaseState.New, CaseState.Investigating, CaseState.Escalated];
        var overdue = Task.WhenAll(kinds.SelectMany(kind => open.Select(state => CountAsync(
            Range(CaseTables.QueueIndex, CaseItems.QueueKey, CaseItems.QueueKeyOf(kind, state), null, Attr.FormatTime(now)), ct))));
        var mine = CountAsync(
            OfKinds(Range(CaseTables.AssigneeIndex, CaseItems.AssigneeKey, CaseItems.AssigneeKeyOf(viewerId, true), null, null), kinds),
            ct);
        var unassigned = CountAsync(
            OfKinds(Range(CaseTables.AssigneeIndex, CaseItems.AssigneeKey, CaseItems.AssigneeKeyOf(null, true), null, null), kinds), ct);

        var byState = ImmutableDictionary.CreateBuilder<(CaseKind Kind, CaseState State), long>();
        foreach (var item in (await counters).Items ?? [])
        {
            var read = new ItemReader(item);
            byState[(read.Enum<CaseKind>("kind"), read.Enum<CaseState>("state"))] = read.Long("count");
        }

        return new CaseCounts(byState.ToImmutable(), Math.Min((await overdue).Sum(), CaseCounts.Most), await mine, await unassigned);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Case>> ListByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        [.. (await OfCustomerAsync(customerId, "case#", limit, ct)).Select(CaseItems.ToCase)];

    /// <inheritdoc/>
    public async Task<Alert> SaveAlertAsync(Alert alert, bool isListed, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = CaseItems.ToItem(alert, isListed),
                    ConditionExpression = "attribute_not_exists(part)",
                },
                ct);
            return alert;
        }
        catch (ConditionalCheckFailedException)
        {
            // The alert is already stored; only its status can be new.
        }

        try
        {
            var response = await database.Client.UpdateItemAsync(
                new UpdateItemRequest
                {
                    TableName = _table,
                    Key = CaseItems.AlertKey(alert.TransferId),
                    UpdateExpression = "SET #status = :status, changed_at = :changed",
                    ConditionExpression = "changed_at <= :changed",
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#status"] = "status" },
                    ExpressionAttributeValues = new(StringComparer.Ordinal)
                    {
                        [":status"] = Attr.S(alert.Status.ToString()),
                        [":changed"] = Attr.Time(alert.ChangedAt),
                    },
                    ReturnValues = ReturnValue.ALL_NEW,
                },
                ct);
            return CaseItems.ToAlert(response.Attributes);
        }
        catch (ConditionalCheckFailedException)
        {
            // A newer state of the transfer is already stored.
        }

        return (await FindAlertsAsync([alert.TransferId], ct))[alert.TransferId];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, Alert>> FindAlertsAsync(
        IReadOnlyCollection<string> transferIds, CancellationToken ct = default) =>
        (await GetManyAsync(transferIds, CaseItems.AlertKey, ct))
            .Select(CaseItems.ToAlert)
            .ToDictionary(alert => alert.TransferId, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<AlertPage> ListAlertsWithoutCaseAsync(int limit, string? after, CancellationToken ct = default)
    {
        var request = Range(CaseTables.LooseAlertIndex, CaseItems.LooseKey, CaseItems.Loose, null, after, CaseItems.LooseAt);
        request.ScanIndexForward = false;
        var found = await ReadAsync(request, limit + 1, ct);
        return found.Count > limit
            ? new AlertPage([.. found.Take(limit).Select(CaseItems.ToAlert)], found[limit - 1][CaseItems.LooseAt].S)
            : new AlertPage([.. found.Select(CaseItems.ToAlert)], null);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Alert>> ListAlertsByCustomerAsync(string customerId, int limit, CancellationToken ct = default) =>
        [.. (await OfCustomerAsync(customerId, "alert#", limit, ct)).Select(CaseItems.ToAlert)];

    private static QueryRequest OfKinds(QueryRequest request, IReadOnlyCollection<CaseKind> kinds, CaseState? state = null)
    {
        var values = kinds.Select((kind, i) => ($":kind{i}", kind)).ToList();
        request.ExpressionAttributeNames["#kind"] = "kind";
        request.FilterExpression = $"#kind IN ({string.Join(", ", values.Select(value => value.Item1))})";
        foreach (var (name, kind) in values)
        {
            request.ExpressionAttributeValues[name] = Attr.S(kind.ToString());
        }

        if (state is { } only)
        {
            request.ExpressionAttributeNames["#state"] = "state";
            request.ExpressionAttributeValues[":state"] = Attr.S(only.ToString());
            request.FilterExpression += " AND #state = :state";
        }

        return request;
    }

    // Queries the keys of an index partition between two exclusive bounds.
    private QueryRequest Range(string index, string key, string value, string? above, string? below, string sort = CaseItems.QueueAt)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = index,
            KeyConditionExpression = "#key = :key",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#key"] = key },
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":key"] = Attr.S(value) },
        };
        if (above is null && below is null)
        {
            return request;
        }

        request.ExpressionAttributeNames["#sort"] = sort;
        if (above is not null)
        {
            // No key continues after the id, so the key with '!' appended sorts right after it.
            request.ExpressionAttributeValues[":above"] = Attr.S(below is null ? above : above + "!");
        }

        if (below is not null)
        {
            request.ExpressionAttributeValues[":below"] = Attr.S(below);
        }

        request.KeyConditionExpression += (above, below) switch
        {
            (not null, not null) => " AND #sort BETWEEN :above AND :below",
            (not null, null) => " AND #sort > :above",
            _ => " AND #sort < :below",
        };
        return request;
    }

    private Task<List<Dictionary<string, AttributeValue>>> QueueAsync(
        CaseQuery query, CaseKind kind, CaseState state, CancellationToken ct) =>
        ReadAsync(InOrder(query, CaseTables.QueueIndex, CaseItems.QueueKey, CaseItems.QueueKeyOf(kind, state)), query.Limit + 1, ct);

    private Task<List<Dictionary<string, AttributeValue>>> OwnedAsync(CaseQuery query, string viewerId, CancellationToken ct)
    {
        var key = CaseItems.AssigneeKeyOf(query.Owner == CaseOwner.Mine ? viewerId : null, query.State != CaseState.Closed);
        return ReadAsync(
            OfKinds(InOrder(query, CaseTables.AssigneeIndex, CaseItems.AssigneeKey, key), query.Kinds, query.State), query.Limit + 1, ct);
    }

    private QueryRequest InOrder(CaseQuery query, string index, string key, string value)
    {
        var below = query.DueBefore is { } before ? Attr.FormatTime(before) : null;
        if (query.IsDescending && query.After is { } after)
        {
            below = below is null || string.CompareOrdinal(after, below) < 0 ? after : below;
        }

        var request = Range(index, key, value, query.IsDescending ? null : query.After, below);
        request.ScanIndexForward = !query.IsDescending;
        return request;
    }

    private async Task<List<Dictionary<string, AttributeValue>>> OfCustomerAsync(
        string customerId, string prefix, int limit, CancellationToken ct) => await ReadAsync(
        new QueryRequest
        {
            TableName = _table,
            IndexName = CaseTables.CustomerIndex,
            KeyConditionExpression = "customer_id = :customer AND begins_with(customer_at, :prefix)",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":customer"] = Attr.S(customerId), [":prefix"] = Attr.S(prefix) },
            ScanIndexForward = false,
        },
        limit,
        ct);

    private async Task<List<Dictionary<string, AttributeValue>>> ListPartAsync(
        string caseId, string prefix, int limit, CancellationToken ct) => await ReadAsync(
        new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "part = :part AND begins_with(#item, :prefix)",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#item"] = CaseItems.Item },
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":part"] = Attr.S(CaseItems.CasePart(caseId)),
                [":prefix"] = Attr.S(prefix),
            },
            ScanIndexForward = false,
            ConsistentRead = true,
        },
        limit,
        ct);

    private async Task<List<Dictionary<string, AttributeValue>>> ReadAsync(QueryRequest request, int limit, CancellationToken ct)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        do
        {
            // With a filter, more rows are read than returned: open cases, or the closed ones of one person.
            request.Limit = request.FilterExpression is null ? limit - found.Count : Math.Max(limit, BatchSize);
            var response = await database.Client.QueryAsync(request, ct);
            found.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 } && found.Count < limit);

        return found.Count > limit ? found[..limit] : found;
    }

    private async Task<int> CountAsync(QueryRequest request, CancellationToken ct)
    {
        request.Select = Select.COUNT;
        request.Limit = CaseCounts.Most;
        var response = await database.Client.QueryAsync(request, ct);
        return response.Count ?? 0;
    }

    private async Task<Dictionary<string, AttributeValue>?> GetAsync(Dictionary<string, AttributeValue> key, CancellationToken ct)
    {
        var response = await database.Client.GetItemAsync(new GetItemRequest { TableName = _table, Key = key, ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? item : null;
    }

    private async Task<IEnumerable<Dictionary<string, AttributeValue>>> GetManyAsync(
        IEnumerable<string> ids, Func<string, Dictionary<string, AttributeValue>> key, CancellationToken ct)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(BatchSize))
        {
            var request = new Dictionary<string, KeysAndAttributes>(StringComparer.Ordinal)
            {
                [_table] = new() { Keys = [.. some.Select(key)], ConsistentRead = true },
            };
            found.AddRange((await Batch.GetAsync(database.Client, request, ct))[_table]);
        }

        return found;
    }

    private IEnumerable<TransactWriteItem> Opening(Case opened)
    {
        yield return Put(CaseItems.ToItem(opened));
        yield return Claim(opened);
        yield return Count(opened.Kind, opened.State, 1);
    }

    private IEnumerable<TransactWriteItem> Changing(Case before, Case after)
    {
        // Alerts that arrive meanwhile are counted in the same row, so write only what people change.
        var item = CaseItems.ToItem(after);
        string[] fields =
            [
                "state",
                "version",
                "due_at",
                "changed_at",
                "changed_by",
                "assignee_id",
                "disposition",
                "closed_at",
                CaseItems.QueueKey,
                CaseItems.QueueAt,
                CaseItems.AssigneeKey,
            ];
        var set = fields.Where(item.ContainsKey).ToList();
        var remove = fields.Where(field => !item.ContainsKey(field)).ToList();
        var update = new Update
        {
            TableName = _table,
            Key = CaseItems.HeadKey(after.Id),
            UpdateExpression = "SET " + string.Join(", ", set.Select(field => $"#{field} = :{field}"))
                + (remove.Count == 0 ? "" : " REMOVE " + string.Join(", ", remove.Select(field => "#" + field))),
            ConditionExpression = "#version = :before",
            ExpressionAttributeNames = fields.ToDictionary(field => "#" + field, StringComparer.Ordinal),
            ExpressionAttributeValues = set.ToDictionary(field => ":" + field, field => item[field], StringComparer.Ordinal),
        };
        update.ExpressionAttributeValues[":before"] = Attr.N(before.Version);
        yield return new TransactWriteItem { Update = update };

        if (before.State != after.State)
        {
            yield return Count(before.Kind, before.State, -1);
            yield return Count(after.Kind, after.State, 1);
        }

        if (before.IsOpen && !after.IsOpen)
        {
            yield return new TransactWriteItem
            {
                Delete = new Delete
                {
                    TableName = _table,
                    Key = CaseItems.OpenKey(before.Kind, before.CustomerId),
                    ConditionExpression = "case_id = :case",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":case"] = Attr.S(before.Id) },
                },
            };
        }
        else if (!before.IsOpen && after.IsOpen)
        {
            yield return Claim(after);
        }
    }

    private IEnumerable<TransactWriteItem> Filing(AlertIntoCase into, bool isOpenAlready)
    {
        yield return Put(CaseItems.ToItem(into));
        yield return new TransactWriteItem
        {
            Update = new Update
            {
                TableName = _table,
                Key = CaseItems.AlertKey(into.Alert.TransferId),
                UpdateExpression = $"SET #slot = :case REMOVE {CaseItems.LooseKey}, {CaseItems.LooseAt}",
                ConditionExpression = "attribute_exists(part) AND attribute_not_exists(#slot)",
                ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#slot"] = CaseItems.SlotOf(into.Case.Kind, into.Side) },
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":case"] = Attr.S(into.Case.Id) },
            },
        };
        if (isOpenAlready)
        {
            yield return new TransactWriteItem
            {
                Update = new Update
                {
                    TableName = _table,
                    Key = CaseItems.HeadKey(into.Case.Id),
                    UpdateExpression = "SET last_alert_at = :at ADD alerts :one",
                    ConditionExpression = "attribute_exists(part) AND #state <> :closed",
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#state"] = "state" },
                    ExpressionAttributeValues = new(StringComparer.Ordinal)
                    {
                        [":at"] = Attr.Time(into.Alert.At),
                        [":one"] = Attr.N(1),
                        [":closed"] = Attr.S(nameof(CaseState.Closed)),
                    },
                },
            };
        }
    }

    private TransactWriteItem Put(Dictionary<string, AttributeValue> item) =>
        new() { Put = new Put { TableName = _table, Item = item, ConditionExpression = "attribute_not_exists(part)" } };

    // Enforces that a customer has at most one open case of a kind.
    private TransactWriteItem Claim(Case of)
    {
        var item = CaseItems.OpenKey(of.Kind, of.CustomerId);
        item["case_id"] = Attr.S(of.Id);
        return Put(item);
    }

    private TransactWriteItem Count(CaseKind kind, CaseState state, int by) => new()
    {
        Update = new Update
        {
            TableName = _table,
            Key = CaseItems.CountKey(kind, state),
            UpdateExpression = "SET #kind = :kind, #state = :state ADD #count :by",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#kind"] = "kind", ["#state"] = "state", ["#count"] = "count" },
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":kind"] = Attr.S(kind.ToString()),
                [":state"] = Attr.S(state.ToString()),
                [":by"] = Attr.N(by),
            },
        },
    };
}
