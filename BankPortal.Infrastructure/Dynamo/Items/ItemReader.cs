using System.Diagnostics.CodeAnalysis;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>
/// Reads an item attribute by attribute. The plain methods insist on the attribute (a missing one is damaged data, and says
/// which); the <c>…OrNull</c> methods take absence for null.
/// </summary>
/// <param name="item">The item as the SDK returned it.</param>
public readonly struct ItemReader(IReadOnlyDictionary<string, AttributeValue> item)
{
    /// <summary>Whether the attribute is there.</summary>
    public bool Has(string name) => item.ContainsKey(name);

    /// <summary>The string.</summary>
    public string String(string name) => StringOrNull(name) ?? throw Missing(name);

    /// <summary>The string, or null.</summary>
    public string? StringOrNull(string name) => Find(name, out var value) ? value.S ?? throw Wrong(name, "a string") : null;

    /// <summary>The whole number.</summary>
    public long Long(string name) => LongOrNull(name) ?? throw Missing(name);

    /// <summary>The whole number, or null.</summary>
    public long? LongOrNull(string name) =>
        NumberOrNull(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong(name, "a whole number");

    /// <summary>The whole number, within 32 bits.</summary>
    public int Int(string name) => checked((int)Long(name));

    /// <summary>The whole number within 32 bits, or null.</summary>
    public int? IntOrNull(string name) => checked((int?)LongOrNull(name));

    /// <summary>The decimal number.</summary>
    public decimal Decimal(string name) => DecimalOrNull(name) ?? throw Missing(name);

    /// <summary>The decimal number, or null.</summary>
    public decimal? DecimalOrNull(string name) =>
        NumberOrNull(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong(name, "a decimal number");

    /// <summary>The truth value.</summary>
    public bool Bool(string name) => BoolOrNull(name) ?? throw Missing(name);

    /// <summary>The truth value, or null.</summary>
    public bool? BoolOrNull(string name) => Find(name, out var value) ? value.BOOL ?? throw Wrong(name, "a truth value") : null;

    /// <summary>The instant.</summary>
    public DateTimeOffset Time(string name) => TimeOrNull(name) ?? throw Missing(name);

    /// <summary>The instant, or null.</summary>
    public DateTimeOffset? TimeOrNull(string name) => StringOrNull(name) is { } text ? Attr.ParseTime(text) : null;

    /// <summary>The calendar day.</summary>
    public DateOnly Day(string name) => DayOrNull(name) ?? throw Missing(name);

    /// <summary>The calendar day, or null.</summary>
    public DateOnly? DayOrNull(string name) => StringOrNull(name) is { } text ? Attr.ParseDay(text) : null;

    /// <summary>The enumeration value.</summary>
    public T Enum<T>(string name)
        where T : struct, Enum => EnumOrNull<T>(name) ?? throw Missing(name);

    /// <summary>The enumeration value, or null.</summary>
    public T? EnumOrNull<T>(string name)
        where T : struct, Enum =>
        StringOrNull(name) is not { } text ? null
        : System.Enum.TryParse<T>(text, out var value) && System.Enum.IsDefined(value) ? value
        : throw Wrong(name, $"a {typeof(T).Name}");

    /// <summary>Whether the attribute is there and holds bytes.</summary>
    public bool IsBytes(string name) => Find(name, out var value) && value.B is not null;

    /// <summary>The bytes.</summary>
    public byte[] Bytes(string name) => BytesOrNull(name) ?? throw Missing(name);

    /// <summary>The bytes, or null.</summary>
    public byte[]? BytesOrNull(string name) => Find(name, out var value) ? (value.B ?? throw Wrong(name, "bytes")).ToArray() : null;

    /// <summary>The set of strings; empty when absent, because DynamoDB knows no empty set.</summary>
    public IReadOnlyList<string> Strings(string name) => Find(name, out var value) ? value.SS ?? throw Wrong(name, "a set of strings") : [];

    /// <summary>The list; empty when absent.</summary>
    public IReadOnlyList<AttributeValue> List(string name) => Find(name, out var value) ? value.L ?? throw Wrong(name, "a list") : [];

    /// <summary>A reader over the nested map; one over nothing when absent.</summary>
    public ItemReader Map(string name) => new(MapValues(name));

    /// <summary>The nested map; empty when absent.</summary>
    public IReadOnlyDictionary<string, AttributeValue> MapValues(string name) =>
        Find(name, out var value) ? value.M ?? throw Wrong(name, "a map") : new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>The expiry written for the table's TTL attribute, or null.</summary>
    public DateTimeOffset? TtlOrNull(string name) => LongOrNull(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private string? NumberOrNull(string name) => Find(name, out var value) ? value.N ?? throw Wrong(name, "a number") : null;

    private bool Find(string name, [NotNullWhen(true)] out AttributeValue? value) =>
        item.TryGetValue(name, out value) && value.NULL is not true;

    private static InvalidDataException Missing(string name) => new($"The stored item has no attribute '{name}'.");

    private static InvalidDataException Wrong(string name, string expected) => new($"The stored attribute '{name}' is not {expected}.");
}
