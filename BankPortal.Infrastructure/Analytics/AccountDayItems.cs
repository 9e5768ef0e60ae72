using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics;

namespace BankPortal.Infrastructure.Analytics;

/// <summary>Converts day summaries to and from DynamoDB items.</summary>
public static class AccountDayItems
{
    /// <summary>The sort key of the open day; sorts after every date.</summary>
    public const string Open = "open";

    /// <summary>
    /// Converts a day summary to an item with the given sort key. A dashboard reads months of them, so zeros are left out, and so is the
    /// date where it is the key.
    /// </summary>
    public static Dictionary<string, AttributeValue> ToItem(AccountDay day, string key) => new ItemWriter()
        .Set("account_id", day.AccountId)
        .Set("day_key", key)
        .Set("date", key == Open ? (DateOnly?)day.Day : null)
        .Set("first_seq", day.FirstSequence)
        .Set("last_seq", day.LastSequence)
        .Set("last_at", day.LastAt)
        .Set("currency", day.Closing.Currency.Code)
        .Set("closing", day.Closing.MinorUnits)
        .Set("credits", NotZero(day.Credits.MinorUnits))
        .Set("debits", NotZero(day.Debits.MinorUnits))
        .Set("credit_count", NotZero(day.CreditCount))
        .Set("debit_count", NotZero(day.DebitCount))
        .Set("own_credits", NotZero(day.OwnCredits.MinorUnits))
        .Set("own_debits", NotZero(day.OwnDebits.MinorUnits))
        .Set("last_hash", day.LastHash is { } hash ? Convert.FromBase64String(hash) : null)
        .SetMap("credits_by_kind", ToMap(day.CreditsByKind))
        .SetMap("debits_by_kind", ToMap(day.DebitsByKind))
        .ToItem();

    /// <summary>Converts an item to a day summary.</summary>
    public static AccountDay FromItem(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        var currency = Currency.Of(read.String("currency"));
        return new AccountDay
        {
            AccountId = read.String("account_id"),
            Day = read.DayOrNull("date") ?? read.Day("day_key"),
            FirstSequence = read.Long("first_seq"),
            LastSequence = read.Long("last_seq"),
            LastAt = read.Time("last_at"),
            Closing = new Money(read.Long("closing"), currency),
            Credits = new Money(read.LongOrNull("credits") ?? 0, currency),
            Debits = new Money(read.LongOrNull("debits") ?? 0, currency),
            CreditCount = read.IntOrNull("credit_count") ?? 0,
            DebitCount = read.IntOrNull("debit_count") ?? 0,
            OwnCredits = new Money(read.LongOrNull("own_credits") ?? 0, currency),
            OwnDebits = new Money(read.LongOrNull("own_debits") ?? 0, currency),
            LastHash = read.BytesOrNull("last_hash") is { } hash ? Convert.ToBase64String(hash) : null,
            CreditsByKind = FromMap(read.MapValues("credits_by_kind")),
            DebitsByKind = FromMap(read.MapValues("debits_by_kind")),
        };
    }

    private static long? NotZero(long number) => number == 0 ? null : number;

    private static Dictionary<string, AttributeValue>? ToMap(KindAmounts amounts) =>
        amounts.Parts.ToDictionary(part => part.Key.ToString(), part => Attr.N(part.Value), StringComparer.Ordinal)
            is { Count: > 0 } map
            ? map
            : null;

    private static KindAmounts FromMap(IReadOnlyDictionary<string, AttributeValue> map)
    {
        var read = new ItemReader(map);
        return map.Keys.Aggregate(KindAmounts.None, (sum, name) => sum.Plus(Enum.Parse<TransferKind>(name), read.Long(name)));
    }
}
