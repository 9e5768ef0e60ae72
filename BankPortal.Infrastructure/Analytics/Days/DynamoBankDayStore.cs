using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Days;

namespace BankPortal.Infrastructure.Analytics.Days;

/// <summary>Stores the bank's closed days, months and years in DynamoDB. Thread-safe.</summary>
public sealed class DynamoBankDayStore(DynamoDatabase database, TimeProvider time) : IBankDayStore
{
    private const string Closed = "closed";
    private const string To = "to";

    // Parts are of no use when their day is closed.
    private static readonly TimeSpan KeepParts = TimeSpan.FromDays(30);

    private readonly string _table = database.TableName(AnalyticsTables.BankDays);

    /// <inheritdoc/>
    public async Task<DateOnly?> FindClosedToAsync(CancellationToken ct = default)
    {
        var request = new GetItemRequest { TableName = _table, Key = KeyOf(Closed, To), ConsistentRead = true };
        var response = await database.Client.GetItemAsync(request, ct);
        return response.Item is { Count: > 0 } item ? new ItemReader(item).Day("day") : null;
    }

    /// <inheritdoc/>
    public async Task<DateOnly?> FindFirstAsync(CancellationToken ct = default)
    {
        var firsts = await Task.WhenAll(Currency.All.Select(async currency =>
        {
            var request = new QueryRequest
            {
                TableName = _table,
                KeyConditionExpression = "series = :series",
                ExpressionAttributeValues = new(StringComparer.Ordinal) { [":series"] = Attr.S(SeriesOf(BankPeriodKind.Day, currency)) },
                ConsistentRead = true,
                Limit = 1,
            };
            var response = await database.Client.QueryAsync(request, ct);
            return response.Items is [var item, ..] ? new ItemReader(item).Day(BankDayItems.Period) : (DateOnly?)null;
        }));
        return firsts.Min();
    }

    /// <inheritdoc/>
    public Task SavePartAsync(
        DateOnly day, int part, IReadOnlyDictionary<Currency, BankTotals> totals, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(totals);
        var expires = time.GetUtcNow() + KeepParts;
        return Batch.PutAsync(
            database.Client,
            _table,
            totals.Select(sum =>
            {
                var period = string.Create(CultureInfo.InvariantCulture, $"{part:00}#{sum.Key.Code}");
                var item = BankDayItems.ToItem(PartsOf(day), period, sum.Value);
                item["expires_at"] = Attr.N(expires.ToUnixTimeSeconds());
                return item;
            }),
            ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<(Currency Currency, BankTotals Totals)>> ReadPartsAsync(DateOnly day, CancellationToken ct = default)
    {
        var items = await QueryAsync(PartsOf(day), "00", "99", ct);
        return [.. items.Select(item =>
            (Currency.Of(new ItemReader(item).String(BankDayItems.Period).Split('#')[1]), BankDayItems.ToTotals(item)))];
    }

    /// <inheritdoc/>
    public async Task<bool> TryCloseAsync(
        DateOnly day, DateOnly? closedTo, IReadOnlyCollection<BankPeriod> periods, CancellationToken ct = default)
    {
        var marker = new Put
        {
            TableName = _table,
            Item = new ItemWriter().Set(BankDayItems.Series, Closed).Set(BankDayItems.Period, To).Set("day", (DateOnly?)day).ToItem(),
            ConditionExpression = "attribute_not_exists(series)",
        };
        if (closedTo is { } expected)
        {
            marker.ConditionExpression = "#day = :expected";
            marker.ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#day"] = "day" };
            marker.ExpressionAttributeValues = new(StringComparer.Ordinal) { [":expected"] = Attr.Day(expected) };
        }

        var items = new List<TransactWriteItem> { new() { Put = marker } };
        items.AddRange(periods.Select(period => new TransactWriteItem
        {
            // A closed period never changes.
            Put = new Put
            {
                TableName = _table,
                Item = BankDayItems.ToItem(SeriesOf(period.Kind, period.Currency), Attr.FormatDay(period.From), period.Totals),
                ConditionExpression = "attribute_not_exists(series)",
            },
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

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BankPeriod>> ReadAsync(
        BankPeriodKind kind, Currency currency, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        if (to < from)
        {
            return [];
        }

        var items = await QueryAsync(SeriesOf(kind, currency), Attr.FormatDay(from), Attr.FormatDay(to), ct);
        return [.. items.Select(item => new BankPeriod(
            new ItemReader(item).Day(BankDayItems.Period), kind, currency, BankDayItems.ToTotals(item), IsClosed: true))];
    }

    private static string PartsOf(DateOnly day) => "part#" + Attr.FormatDay(day);

    private static string SeriesOf(BankPeriodKind kind, Currency currency)
    {
        var name = kind switch
        {
            BankPeriodKind.Day => "day",
            BankPeriodKind.Month => "month",
            BankPeriodKind.Year => "year",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such period."),
        };
        return name + "#" + currency.Code;
    }

    private static Dictionary<string, AttributeValue> KeyOf(string series, string period) =>
        new(StringComparer.Ordinal) { [BankDayItems.Series] = Attr.S(series), [BankDayItems.Period] = Attr.S(period) };

    private async Task<List<Dictionary<string, AttributeValue>>> QueryAsync(string series, string from, string to, CancellationToken ct)
    {
        var found = new List<Dictionary<string, AttributeValue>>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = "series = :series AND #period BETWEEN :from AND :to",
            ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#period"] = BankDayItems.Period },
            ExpressionAttributeValues = new(StringComparer.Ordinal)
            {
                [":series"] = Attr.S(series),
                [":from"] = Attr.S(from),
                [":to"] = Attr.S(to),
            },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            found.AddRange(response.Items ?? []);
            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return found;
    }
}
