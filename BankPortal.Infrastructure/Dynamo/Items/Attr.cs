using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>Creates attribute values, and defines the format of times and days in the database.</summary>
public static class Attr
{
    // Fixed width and always UTC, so that the text sorts by time and keeps every tick.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Creates a string value.</summary>
    public static AttributeValue S(string value) => new() { S = value };

    /// <summary>Creates a number value from a whole number.</summary>
    public static AttributeValue N(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Creates a number value from a decimal number, with all its digits.</summary>
    public static AttributeValue N(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>Creates a Boolean value.</summary>
    public static AttributeValue Bool(bool value) => new() { BOOL = value };

    /// <summary>Creates a binary value, which owns its stream.</summary>
    public static AttributeValue B(byte[] value) => new() { B = new MemoryStream(value, writable: false) };

    /// <summary>Creates a string value with a time: see <see cref="FormatTime"/>.</summary>
    public static AttributeValue Time(DateTimeOffset value) => S(FormatTime(value));

    /// <summary>Creates a string value with a calendar day: see <see cref="FormatDay"/>.</summary>
    public static AttributeValue Day(DateOnly value) => S(FormatDay(value));

    /// <summary>Formats a time in UTC with seven decimals, for example <c>2026-11-20T07:47:47.1234567Z</c>; the text sorts by
    /// time.</summary>
    public static string FormatTime(DateTimeOffset value) => value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Parses what <see cref="FormatTime"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a time.</exception>
    public static DateTimeOffset ParseTime(string text) => DateTimeOffset.ParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Formats a day as <c>yyyy-MM-dd</c>; the text sorts by day.</summary>
    public static string FormatDay(DateOnly value) => value.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Parses what <see cref="FormatDay"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a day.</exception>
    public static DateOnly ParseDay(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);
}
