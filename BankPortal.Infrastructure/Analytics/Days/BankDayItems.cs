using Amazon.DynamoDBv2.Model;
using BankPortal.Core.Analytics.Days;

namespace BankPortal.Infrastructure.Analytics.Days;

/// <summary>Converts the bank's totals to and from DynamoDB items.</summary>
public static class BankDayItems
{
    /// <summary>The partition key attribute.</summary>
    internal const string Series = "series";

    /// <summary>The sort key attribute.</summary>
    internal const string Period = "period";

    /// <summary>Converts totals to an item. A sum is one text, which is half the size of four numbers.</summary>
    public static Dictionary<string, AttributeValue> ToItem(string series, string period, BankTotals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        return new ItemWriter()
            .Set(Series, series)
            .Set(Period, period)
            .Set("all", Text(totals.All))
            .Set("own", Text(totals.Own))
            .Set("checksum", Convert.FromHexString(totals.Checksum))
            .SetMap("parts", totals.Parts.ToDictionary(part => part.Key, part => Attr.S(Text(part.Value)), StringComparer.Ordinal))
            .ToItem();
    }

    /// <summary>Converts an item to totals.</summary>
    public static BankTotals ToTotals(IReadOnlyDictionary<string, AttributeValue> item)
    {
        var read = new ItemReader(item);
        return new BankTotals
        {
            All = Sum(read.String("all")),
            Own = Sum(read.String("own")),
            Checksum = Convert.ToHexStringLower(read.Bytes("checksum")),
            Parts = BankTotals.None.Parts.AddRange(
                read.MapValues("parts").Select(part => KeyValuePair.Create(part.Key, Sum(part.Value.S)))),
        };
    }

    private static string Text(FlowSum sum) =>
        string.Create(CultureInfo.InvariantCulture, $"{sum.Credits},{sum.Debits},{sum.CreditCount},{sum.DebitCount}");

    private static FlowSum Sum(string text)
    {
        var numbers = text.Split(',');
        return numbers.Length == 4
            ? new FlowSum(Number(numbers[0]), Number(numbers[1]), Number(numbers[2]), Number(numbers[3]))
            : throw new InvalidDataException("The stored sum has an unexpected form.");
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
