using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>Short constructors for attribute values, and the one spelling of times and days in the database.</summary>
public static class Attr
{
    // Fixed width, always UTC: the text sorts as the time does, and every tick survives the round trip.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>A string.</summary>
    public static AttributeValue S(string value) => new() { S = value };

    /// <summary>A whole number.</summary>
    public static AttributeValue N(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A decimal number with all its digits.</summary>
    public static AttributeValue N(decimal value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };

    /// <summary>A truth value.</summary>
    public static AttributeValue Bool(bool value) => new() { BOOL = value };

    /// <summary>Bytes. The stream belongs to the value.</summary>
    public static AttributeValue B(byte[] value) => new() { B = new MemoryStream(value, writable: false) };

    /// <summary>An instant, as text: see <see cref="FormatTime"/>.</summary>
    public static AttributeValue Time(DateTimeOffset value) => S(FormatTime(value));

    /// <summary>A calendar day, as text: see <see cref="FormatDay"/>.</summary>
    public static AttributeValue Day(DateOnly value) => S(FormatDay(value));

    /// <summary>The instant in UTC with seven decimals, for example <c>2026-11-20T07:47:47.1234567Z</c>; sorts as the time does.</summary>
    public static string FormatTime(DateTimeOffset value) => value.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="FormatTime"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a time.</exception>
    public static DateTimeOffset ParseTime(string text) => DateTimeOffset.ParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>The day as <c>yyyy-MM-dd</c>; sorts as the day does.</summary>
    public static string FormatDay(DateOnly value) => value.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="FormatDay"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not such a day.</exception>
    public static DateOnly ParseDay(string text) => DateOnly.ParseExact(text, DayFormat, CultureInfo.InvariantCulture);
}
