using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Lending.Book;

namespace BankPortal.Infrastructure.Lending.Book;

/// <summary>Stores loans and their events in DynamoDB. Thread-safe.</summary>
public sealed class DynamoLoanStore(DynamoDatabase database, IFieldProtector protector) : ILoanStore
{
    // An import writes a loan with its history. With few events in the transaction, every engine takes it.
    private const int MaxEventsWithNewLoan = 8;

    private const int MaxTries = 5;

    private readonly string _table = database.TableName(LendingTables.Loans);
    private readonly LoanItems _items = new(protector);

    /// <inheritdoc/>
    public async Task<LoanFile?> ReadAsync(string loanId, CancellationToken ct = default)
    {
        for (var attempt = 0; ; attempt++)
        {
            // A query is no snapshot: events written while it ran may be missing, or not be counted by the row yet.
            var (loan, events) = await ReadOnceAsync(loanId, ct);
            if (loan is null || events.Count >= loan.Events)
            {
                return loan is null ? null : new LoanFile(loan, [.. events.Take(loan.Events)]);
            }

            if (attempt == MaxTries)
            {
                throw new InvalidDataException("A loan counts more events than are stored.");
            }

            await Backoff.DelayAsync(attempt, ct);
        }
    }

    private async Task<(Loan? Loan, List<LoanEvent> Events)> ReadOnceAsync(string loanId, CancellationToken ct)
    {
        Loan? loan = null;
        var events = new List<LoanEvent>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{LoanItems.Part} = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(LoanItems.PartOf(loanId)) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                var row = new ItemReader(item);
                if (row.String(LoanItems.Item) == LoanItems.LoanKey)
                {
                    loan = _items.ToLoan(row);
                }
                else
                {
                    events.Add(_items.ToEvent(row));
                }
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return (loan, events);
    }

    /// <inheritdoc/>
    public async Task<Loan?> FindAsync(string loanId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = LoanItems.Key(LoanItems.PartOf(loanId), LoanItems.LoanKey),
                ConsistentRead = true,
            },
            ct);
        return response.Item is { Count: > 0 } item ? _items.ToLoan(new ItemReader(item)) : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Loan>> ListByOwnerAsync(string ownerId, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{LoanItems.Part} = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(LoanItems.OwnerPartOf(ownerId)) },
            ConsistentRead = true,
        };
        var keys = new List<Dictionary<string, AttributeValue>>();
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            keys.AddRange((response.Items ?? []).Select(item =>
                LoanItems.Key(LoanItems.PartOf(new ItemReader(item).String(LoanItems.LoanId)), LoanItems.LoanKey)));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        var loans = new List<Loan>(keys.Count);
        foreach (var some in keys.Chunk(100))
        {
            var found = await Batch.GetAsync(
                database.Client,
                new(StringComparer.Ordinal) { [_table] = new KeysAndAttributes { Keys = [.. some], ConsistentRead = true } },
                ct);
            loans.AddRange(found[_table].Select(item => _items.ToLoan(new ItemReader(item))));
        }

        return [.. loans.OrderByDescending(loan => loan.AppliedAt)];
    }

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(loan);
        if (events.Count > MaxEventsWithNewLoan)
        {
            if (await FindAsync(loan.Id, ct) is not null)
            {
                return false;
            }

            // Without a row nobody reads them, and whoever repeats this writes the same ones.
            await Batch.PutAsync(
                database.Client, _table, events.SkipLast(MaxEventsWithNewLoan).Select(one => _items.ToItem(loan, one)), ct);
        }

        return await WriteAsync(
            loan,
            [.. events.TakeLast(MaxEventsWithNewLoan)],
            new Put { ConditionExpression = $"attribute_not_exists({LoanItems.Item})" },
            new TransactWriteItem { Put = new Put { TableName = _table, Item = LoanItems.ToOwnerItem(loan) } },
            ct);
    }

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(Loan loan, IReadOnlyCollection<LoanEvent> events, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(loan);
        return WriteAsync(
            loan,
            events,
            new Put
            {
                ConditionExpression = $"{LoanItems.Version} = :seen",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":seen"] = Attr.N(loan.Version - 1) },
            },
            null,
            ct);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DueLoan>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueLoan? after = null, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = LendingTables.DueIndex,
            KeyConditionExpression = $"{LoanItems.DueShard} = :shard AND {LoanItems.DueAt} <= :now",
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":shard"] = Attr.S(LoanItems.DueShardOf(shard)),
                [":now"] = Attr.Time(now),
            },
            Limit = limit,
        };
        if (after is not null)
        {
            request.ExclusiveStartKey = LoanItems.Key(LoanItems.PartOf(after.LoanId), LoanItems.LoanKey);
            request.ExclusiveStartKey[LoanItems.DueShard] = Attr.S(LoanItems.DueShardOf(shard));
            request.ExclusiveStartKey[LoanItems.DueAt] = Attr.Time(after.RunAt);
        }

        var response = await database.Client.QueryAsync(request, ct);
        return
        [
            .. (response.Items ?? []).Select(item =>
            {
                var row = new ItemReader(item);
                return new DueLoan(row.String(LoanItems.Part)["loan#".Length..], row.Time(LoanItems.DueAt));
            }),
        ];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Loan>> ListAsync(
        LoanStatus status, int shard, int limit, string? after = null, CancellationToken ct = default)
    {
        var loans = new List<Loan>();
        var part = LoanItems.BookPartOf(status, shard);
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = LendingTables.BookIndex,
            KeyConditionExpression = $"{LoanItems.BookPart} = :part",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":part"] = Attr.S(part) },
            Limit = limit,
        };
        if (after is not null)
        {
            request.KeyConditionExpression += $" AND {LoanItems.LoanId} > :after";
            request.ExpressionAttributeValues[":after"] = Attr.S(after);
        }

        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            loans.AddRange((response.Items ?? []).Select(item => _items.ToLoan(new ItemReader(item))));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 } && loans.Count < limit);

        return [.. loans.Take(limit)];
    }

    private async Task<bool> WriteAsync(
        Loan loan, IReadOnlyCollection<LoanEvent> events, Put put, TransactWriteItem? also, CancellationToken ct)
    {
        put.TableName = _table;
        put.Item = _items.ToItem(loan);
        if (events.Count == 0 && also is null)
        {
            try
            {
                await database.Client.PutItemAsync(
                    new PutItemRequest
                    {
                        TableName = _table,
                        Item = put.Item,
                        ConditionExpression = put.ConditionExpression,
                        ExpressionAttributeValues = put.ExpressionAttributeValues,
                    },
                    ct);
                return true;
            }
            catch (ConditionalCheckFailedException)
            {
                return false;
            }
        }

        var items = new List<TransactWriteItem> { new() { Put = put } };
        if (also is not null)
        {
            items.Add(also);
        }

        items.AddRange(events.Select(one => new TransactWriteItem
        {
            Put = new Put { TableName = _table, Item = _items.ToItem(loan, one) },
        }));
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
}
