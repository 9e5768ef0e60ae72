using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Products.Bookings;

namespace BankPortal.Infrastructure.Products.Bookings;

/// <summary>Stores interest and fees by account in DynamoDB. Thread-safe.</summary>
public sealed class DynamoBookingStore(DynamoDatabase database) : IBookingStore
{
    private const string Account = "account_id";
    private const string Item = "item_key";
    private const string Revision = "revision";

    // Sorts after every day.
    private const string HeadKey = "head";

    // No account has an id of this form.
    private const string Walk = "walk";

    private readonly string _table = database.TableName(ProductTables.Bookings);

    /// <inheritdoc/>
    public async Task<BookingHistory> ReadAsync(string accountId, DateOnly from, CancellationToken ct = default)
    {
        BookingHead? head = null;
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        var request = new QueryRequest
        {
            TableName = _table,
            KeyConditionExpression = $"{Account} = :account AND {Item} >= :from",
            ExpressionAttributeValues = new(StringComparer.Ordinal) { [":account"] = Attr.S(accountId), [":from"] = Attr.Day(from) },
            ConsistentRead = true,
        };
        do
        {
            var response = await database.Client.QueryAsync(request, ct);
            foreach (var item in response.Items ?? [])
            {
                var row = new ItemReader(item);
                if (row.String(Item) == HeadKey)
                {
                    head = new BookingHead(
                        accountId,
                        row.Day("through"),
                        row.Long("remainder"),
                        row.Int("terms_sequence"),
                        row.Day("needed"),
                        row.Long(Revision));
                }
                else
                {
                    bookings.Add(ToBooking(row));
                }
            }

            request.ExclusiveStartKey = response.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });

        return new BookingHistory(head, bookings.ToImmutable());
    }

    /// <inheritdoc/>
    public async Task<bool> TryAddAsync(BookingHead head, IReadOnlyCollection<Booking> bookings, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(bookings);
        var items = new List<TransactWriteItem>
        {
            new()
            {
                Put = new Put
                {
                    TableName = _table,
                    Item = new ItemWriter()
                        .Set(Account, head.AccountId)
                        .Set(Item, HeadKey)
                        .Set("through", (DateOnly?)head.Through)
                        .Set("remainder", (long?)head.Remainder)
                        .Set("terms_sequence", (long)head.TermsSequence)
                        .Set("needed", (DateOnly?)head.Needed)
                        .Set(Revision, (long?)head.Revision)
                        .ToItem(),
                    ConditionExpression = head.Revision == 1 ? $"attribute_not_exists({Item})" : $"{Revision} = :seen",
                    ExpressionAttributeValues = head.Revision == 1
                        ? null
                        : new(StringComparer.Ordinal) { [":seen"] = Attr.N(head.Revision - 1) },
                },
            },
        };
        items.AddRange(bookings.Select(booking => new TransactWriteItem
        {
            Put = new Put
            {
                TableName = _table,
                Item = ToItem(booking),
                ConditionExpression = $"attribute_not_exists({Item})",
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
    public async Task UpdateAsync(Booking booking, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(booking);
        try
        {
            await database.Client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = _table,
                    Item = ToItem(booking),
                    ConditionExpression = "#state = :pending",
                    ExpressionAttributeNames = new(StringComparer.Ordinal) { ["#state"] = "state" },
                    ExpressionAttributeValues = new(StringComparer.Ordinal)
                    {
                        [":pending"] = Attr.S(nameof(BookingState.Pending)),
                    },
                },
                ct);
        }
        catch (ConditionalCheckFailedException)
        {
            // Another node has written the outcome.
        }
    }

    /// <inheritdoc/>
    public async Task<BookingWalk?> ReadWalkAsync(CancellationToken ct = default)
    {
        var response = await database.Client.GetItemAsync(
            new GetItemRequest
            {
                TableName = _table,
                Key = new(StringComparer.Ordinal) { [Account] = Attr.S(Walk), [Item] = Attr.S(Walk) },
                ConsistentRead = true,
            },
            ct);
        if (response.Item is not { Count: > 0 } item)
        {
            return null;
        }

        var row = new ItemReader(item);
        return new BookingWalk(row.Day("through"), row.String("terms"), row.Int("pending"), row.Time("at"));
    }

    /// <inheritdoc/>
    public Task SaveWalkAsync(BookingWalk walk, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(walk);
        return database.Client.PutItemAsync(
            new PutItemRequest
            {
                TableName = _table,
                Item = new ItemWriter()
                    .Set(Account, Walk)
                    .Set(Item, Walk)
                    .Set("through", (DateOnly?)walk.Through)
                    .Set("terms", walk.Terms)
                    .Set("pending", (long)walk.Pending)
                    .Set("at", (DateTimeOffset?)walk.At)
                    .ToItem(),
            },
            ct);
    }

    private static Dictionary<string, AttributeValue> ToItem(Booking booking) => new ItemWriter()
        .Set(Account, booking.AccountId)
        .Set(Item, booking.Key)
        .Set("kind", booking.Kind)
        .Set("from_day", (DateOnly?)booking.From)
        .Set("through", (DateOnly?)booking.Through)
        .Set("amount", (long?)booking.Amount.MinorUnits)
        .Set("currency", booking.Amount.Currency.Code)
        .Set("terms_sequence", (long)booking.TermsSequence)
        .Set("state", booking.State)
        .Set("units", booking.Units == 0 ? null : booking.Units.ToString(CultureInfo.InvariantCulture))
        .Set("remainder_before", (long?)booking.RemainderBefore)
        .Set("remainder_after", (long?)booking.RemainderAfter)
        .Set("description", booking.Description)
        .SetMap("corrected", booking.Corrected.IsEmpty ? null : booking.Corrected.ToDictionary(
            part => Attr.FormatDay(part.Key),
            part => new AttributeValue
            {
                M = new ItemWriter().Set("delta", (long?)part.Value.Delta).Set("remainder_after", (long?)part.Value.RemainderAfter).ToItem(),
            },
            StringComparer.Ordinal))
        .Set("made_at", (DateTimeOffset?)booking.MadeAt)
        .Set("misses", booking.Misses == 0 ? null : (long?)booking.Misses)
        .Set("missed_at", booking.MissedAt)
        .Set("transfer_id", booking.TransferId)
        .Set("posted_on", booking.PostedOn)
        .ToItem();

    private static Booking ToBooking(ItemReader row) => new()
    {
        AccountId = row.String(Account),
        Kind = row.Enum<BookingKind>("kind"),
        From = row.Day("from_day"),
        Through = row.Day("through"),
        Amount = new Money(row.Long("amount"), Currency.Of(row.String("currency"))),
        TermsSequence = row.Int("terms_sequence"),
        State = row.Enum<BookingState>("state"),
        Units = row.StringOrNull("units") is { } units ? Int128.Parse(units, CultureInfo.InvariantCulture) : 0,
        RemainderBefore = row.Long("remainder_before"),
        RemainderAfter = row.Long("remainder_after"),
        Description = row.String("description"),
        Corrected = row.MapValues("corrected").ToImmutableSortedDictionary(
            part => Attr.ParseDay(part.Key),
            part =>
            {
                var value = new ItemReader(part.Value.M);
                return new CorrectedPeriod(value.Long("delta"), value.Long("remainder_after"));
            }),
        MadeAt = row.Time("made_at"),
        Misses = row.IntOrNull("misses") ?? 0,
        MissedAt = row.TimeOrNull("missed_at"),
        TransferId = row.StringOrNull("transfer_id"),
        PostedOn = row.DayOrNull("posted_on"),
    };
}
