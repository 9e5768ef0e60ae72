using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Scheduling.StandingOrders;

namespace BankPortal.Infrastructure.Scheduling.StandingOrders;

/// <summary>Stores standing orders in DynamoDB, under their customer. Thread-safe.</summary>
public sealed class DynamoStandingOrderStore(DynamoDatabase database, IFieldProtector protector) : IStandingOrderStore
{
    private const string NamePurpose = "scheduling.payee";
    private const string TextPurpose = "scheduling.text";
    private const string Owner = "owner_id";
    private const string Item = "item_key";
    private const string Version = "version";
    private const string DueShard = "due_shard";
    private const string DueAt = "due_at";
    private const string OrderPrefix = "order#";
    private const string RunPrefix = "run#";

    private readonly string _table = database.TableName(SchedulingTables.StandingOrders);

    /// <inheritdoc/>
    public async Task<StandingOrder?> FindAsync(string ownerId, string orderId, CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest { TableName = _table, Key = Key(ownerId, OrderPrefix + orderId), ConsistentRead = true }, ct);
        return response.Item is { Count: > 0 } item ? ToOrder(new ItemReader(item)) : null;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<StandingOrder>> ListAsync(string ownerId, CancellationToken ct = default)
    {
        var request = Query(ownerId, OrderPrefix);
        var orders = new List<StandingOrder>();
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            orders.AddRange((response.Items ?? []).Select(item => ToOrder(new ItemReader(item))));
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return [.. orders.OrderByDescending(order => order.CreatedAt)];
    }

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(StandingOrder order, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest { TableName = _table, Item = ToItem(order), ConditionExpression = $"attribute_not_exists({Item})" }, ct);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryWriteAsync(StandingOrder order, StandingOrderRun? run, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        var items = new List<TransactWriteItem>
        {
            new()
            {
                Put = new Put
                {
                    TableName = _table,
                    Item = ToItem(order),
                    ConditionExpression = $"{Version} = :seen",
                    ExpressionAttributeValues = new(StringComparer.Ordinal) { [":seen"] = Attr.N(order.Version - 1) },
                },
            },
        };
        if (run is not null)
        {
            items.Add(new TransactWriteItem
            {
                Put = new Put { TableName = _table, Item = ToItem(run), ConditionExpression = $"attribute_not_exists({Item})" },
            });
        }

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

    /// <inheritdoc/>
    public async Task<ImmutableArray<StandingOrderRun>> ReadRunsAsync(
        string ownerId, string orderId, int limit, DateOnly? before = null, CancellationToken ct = default)
    {
        var prefix = RunPrefix + orderId + "#";
        var request = Query(ownerId, prefix);
        if (before is { } day)
        {
            request.KeyConditionExpression = $"{Owner} = :owner AND {Item} BETWEEN :prefix AND :last";
            request.ExpressionAttributeValues[":last"] = Attr.S(prefix + Attr.FormatDay(day.AddDays(-1)));
        }

        request.ScanIndexForward = false;
        request.Limit = limit;
        var response = await database.Client.QueryAsync(request, ct);
        return [.. (response.Items ?? []).Select(item => ToRun(new ItemReader(item)))];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DueOrder>> FindDueAsync(
        int shard, DateTimeOffset now, int limit, DueOrder? after = null, CancellationToken ct = default)
    {
        var request = new QueryRequest
        {
            TableName = _table,
            IndexName = SchedulingTables.DueIndex,
            KeyConditionExpression = $"{DueShard} = :shard AND {DueAt} <= :now",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":shard"] = Attr.S(ShardName(shard)), [":now"] = Attr.Time(now) },
            Limit = limit,
        };
        if (after is not null)
        {
            request.ExclusiveStartKey = Key(after.OwnerId, OrderPrefix + after.OrderId);
            request.ExclusiveStartKey[DueShard] = Attr.S(ShardName(shard));
            request.ExclusiveStartKey[DueAt] = Attr.Time(after.RunAt);
        }

        var response = await database.Client.QueryAsync(request, ct);
        return
        [
            .. (response.Items ?? []).Select(item =>
            {
                var row = new ItemReader(item);
                return new DueOrder(row.String(Owner), row.String(Item)[OrderPrefix.Length..], row.Time(DueAt));
            }),
        ];
    }

    private static string ShardName(int shard) => "due#" + shard.ToString(CultureInfo.InvariantCulture);

    // Ids are evenly spread over their alphabet.
    private static int ShardOf(string orderId) => orderId[^1] % IStandingOrderStore.DueShards;

    private static Dictionary<string, AttributeValue> Key(string ownerId, string item) =>
        new(StringComparer.Ordinal) { [Owner] = Attr.S(ownerId), [Item] = Attr.S(item) };

    private QueryRequest Query(string ownerId, string prefix) => new()
    {
        TableName = _table,
        KeyConditionExpression = $"{Owner} = :owner AND begins_with({Item}, :prefix)",
        ExpressionAttributeValues = new(StringComparer.Ordinal) { [":owner"] = Attr.S(ownerId), [":prefix"] = Attr.S(prefix) },
        ConsistentRead = true,
    };

    private Dictionary<string, AttributeValue> ToItem(StandingOrder order) => new ItemWriter()
        .Set(Owner, order.OwnerId)
        .Set(Item, OrderPrefix + order.Id)
        .Set(Version, (long?)order.Version)
        .Set("from_account", order.FromAccountId)
        .Set("to_account", order.ToAccountId)
        .Set("to_number", order.ToNumber.Digits)
        .Set("payee_name", order.PayeeName is { } name ? protector.Protect(NamePurpose, name) : null)
        .Set("amount", (long?)order.Amount.MinorUnits)
        .Set("currency", order.Amount.Currency.Code)
        .Set("description", order.Description.Length == 0 ? null : protector.Protect(TextPurpose, order.Description))
        .Set("rhythm", order.Schedule.Rhythm)
        .Set("every", (long?)order.Schedule.Every)
        .Set("first_date", (DateOnly?)order.Schedule.First)
        .Set("month_day", (long?)order.Schedule.Day)
        .Set("day_rule", order.Schedule.Rule)
        .Set("until_date", order.Schedule.Until)
        .Set("dates", (long?)order.Schedule.Count)
        .Set("state", order.State)
        .Set("paused_for", order.PausedFor)
        .Set("next_index", (long?)order.NextIndex)
        .Set("next_date", order.NextDate)
        .Set("next_pay_on", order.NextPayOn)
        .Set(DueShard, order.NextRunAt is null ? null : ShardName(ShardOf(order.Id)))
        .Set(DueAt, order.NextRunAt)
        .Set("tries", order.Tries == 0 ? null : (long?)order.Tries)
        .Set("last_refusal", order.LastRefusal)
        .Set("failures", order.FailuresInRow == 0 ? null : (long?)order.FailuresInRow)
        .Set("last_date", order.LastDate)
        .Set("created_at", (DateTimeOffset?)order.CreatedAt)
        .Set("changed_at", (DateTimeOffset?)order.ChangedAt)
        .ToItem();

    private StandingOrder ToOrder(ItemReader row) => new()
    {
        Id = row.String(Item)[OrderPrefix.Length..],
        OwnerId = row.String(Owner),
        Version = row.Long(Version),
        FromAccountId = row.String("from_account"),
        ToAccountId = row.String("to_account"),
        ToNumber = AccountNumber.Parse(row.String("to_number")),
        PayeeName = row.StringOrNull("payee_name") is { } name ? protector.Unprotect(NamePurpose, name) : null,
        Amount = new Money(row.Long("amount"), Currency.Of(row.String("currency"))),
        Description = row.StringOrNull("description") is { } text ? protector.Unprotect(TextPurpose, text) : "",
        Schedule = new PaymentSchedule
        {
            Rhythm = row.Enum<PaymentRhythm>("rhythm"),
            Every = row.Int("every"),
            First = row.Day("first_date"),
            Day = row.Int("month_day"),
            Rule = row.Enum<BusinessDayRule>("day_rule"),
            Until = row.DayOrNull("until_date"),
            Count = row.IntOrNull("dates"),
        },
        State = row.Enum<StandingOrderState>("state"),
        PausedFor = row.StringOrNull("paused_for"),
        NextIndex = row.Int("next_index"),
        NextDate = row.DayOrNull("next_date"),
        NextPayOn = row.DayOrNull("next_pay_on"),
        NextRunAt = row.TimeOrNull(DueAt),
        Tries = row.IntOrNull("tries") ?? 0,
        LastRefusal = row.StringOrNull("last_refusal"),
        FailuresInRow = row.IntOrNull("failures") ?? 0,
        LastDate = row.DayOrNull("last_date"),
        CreatedAt = row.Time("created_at"),
        ChangedAt = row.Time("changed_at"),
    };

    private static Dictionary<string, AttributeValue> ToItem(StandingOrderRun run) => new ItemWriter()
        .Set(Owner, run.OwnerId)
        .Set(Item, RunPrefix + run.OrderId + "#" + Attr.FormatDay(run.Date))
        .Set("order_id", run.OrderId)
        .Set("date", (DateOnly?)run.Date)
        .Set("outcome", run.Outcome)
        .Set("amount", (long?)run.Amount.MinorUnits)
        .Set("currency", run.Amount.Currency.Code)
        .Set("at", (DateTimeOffset?)run.At)
        .Set("transfer_id", run.TransferId)
        .Set("refusal", run.Refusal)
        .ToItem();

    private static StandingOrderRun ToRun(ItemReader row) => new()
    {
        OrderId = row.String("order_id"),
        OwnerId = row.String(Owner),
        Date = row.Day("date"),
        Outcome = row.Enum<RunOutcome>("outcome"),
        Amount = new Money(row.Long("amount"), Currency.Of(row.String("currency"))),
        At = row.Time("at"),
        TransferId = row.StringOrNull("transfer_id"),
        Refusal = row.StringOrNull("refusal"),
    };
}
