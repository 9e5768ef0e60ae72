using System.Diagnostics.CodeAnalysis;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>
/// Reads an item attribute by attribute. The plain methods throw <see cref="InvalidDataException"/> when the attribute is missing,
/// because the data is then damaged; the <c>…OrNull</c> methods return <see langword="null"/>. All throw when the attribute has another
/// type.
/// </summary>
/// <param name="item">The item as the SDK returned it.</param>
public readonly struct ItemReader(IReadOnlyDictionary<string, AttributeValue> item)
{
    /// <summary>Returns whether the attribute exists.</summary>
    public bool Has(string name) => item.ContainsKey(name);

    /// <summary>Reads a string.</summary>
    public string String(string name) => StringOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a string; <see langword="null"/> when it is missing.</summary>
    public string? StringOrNull(string name) => Find(name, out var value) ? value.S ?? throw Wrong(name, "a string") : null;

    /// <summary>Reads a whole number.</summary>
    public long Long(string name) => LongOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a whole number; <see langword="null"/> when it is missing.</summary>
    public long? LongOrNull(string name) =>
        NumberOrNull(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong(name, "a whole number");

    /// <summary>Reads a 32-bit whole number; throws <see cref="OverflowException"/> when it is larger.</summary>
    public int Int(string name) => checked((int)Long(name));

    /// <summary>Reads a 32-bit whole number; <see langword="null"/> when it is missing.</summary>
    public int? IntOrNull(string name) => checked((int?)LongOrNull(name));

    /// <summary>Reads a decimal number.</summary>
    public decimal Decimal(string name) => DecimalOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a decimal number; <see langword="null"/> when it is missing.</summary>
    public decimal? DecimalOrNull(string name) =>
        NumberOrNull(name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : throw Wrong(name, "a decimal number");

    /// <summary>Reads a Boolean.</summary>
    public bool Bool(string name) => BoolOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a Boolean; <see langword="null"/> when it is missing.</summary>
    public bool? BoolOrNull(string name) => Find(name, out var value) ? value.BOOL ?? throw Wrong(name, "a truth value") : null;

    /// <summary>Reads a time.</summary>
    public DateTimeOffset Time(string name) => TimeOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a time; <see langword="null"/> when it is missing.</summary>
    public DateTimeOffset? TimeOrNull(string name) => StringOrNull(name) is { } text ? Attr.ParseTime(text) : null;

    /// <summary>Reads a calendar day.</summary>
    public DateOnly Day(string name) => DayOrNull(name) ?? throw Missing(name);

    /// <summary>Reads a calendar day; <see langword="null"/> when it is missing.</summary>
    public DateOnly? DayOrNull(string name) => StringOrNull(name) is { } text ? Attr.ParseDay(text) : null;

    /// <summary>Reads an enumeration value by its name.</summary>
    public T Enum<T>(string name)
        where T : struct, Enum => EnumOrNull<T>(name) ?? throw Missing(name);

    /// <summary>Reads an enumeration value by its name; <see langword="null"/> when it is missing.</summary>
    public T? EnumOrNull<T>(string name)
        where T : struct, Enum =>
        StringOrNull(name) is not { } text ? null
        : System.Enum.TryParse<T>(text, out var value) && System.Enum.IsDefined(value) ? value
        : throw Wrong(name, $"a {typeof(T).Name}");

    /// <summary>Returns whether the attribute exists and holds bytes.</summary>
    public bool IsBytes(string name) => Find(name, out var value) && value.B is not null;

    /// <summary>Reads bytes.</summary>
    public byte[] Bytes(string name) => BytesOrNull(name) ?? throw Missing(name);

    /// <summary>Reads bytes; <see langword="null"/> when they are missing.</summary>
    public byte[]? BytesOrNull(string name) => Find(name, out var value) ? (value.B ?? throw Wrong(name, "bytes")).ToArray() : null;

    /// <summary>Reads a set of strings; empty when it is missing, because DynamoDB has no empty sets.</summary>
    public IReadOnlyList<string> Strings(string name) => Find(name, out var value) ? value.SS ?? throw Wrong(name, "a set of strings") : [];

    /// <summary>Reads a list; empty when it is missing.</summary>
    public IReadOnlyList<AttributeValue> List(string name) => Find(name, out var value) ? value.L ?? throw Wrong(name, "a list") : [];

    /// <summary>Returns a reader for a nested map; for an empty map when it is missing.</summary>
    public ItemReader Map(string name) => new(MapValues(name));

    /// <summary>Reads a nested map; empty when it is missing.</summary>
    public IReadOnlyDictionary<string, AttributeValue> MapValues(string name) =>
        Find(name, out var value) ? value.M ?? throw Wrong(name, "a map") : new Dictionary<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>Reads the expiry time from a TTL attribute; <see langword="null"/> when it is missing.</summary>
    public DateTimeOffset? TtlOrNull(string name) => LongOrNull(name) is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private string? NumberOrNull(string name) => Find(name, out var value) ? value.N ?? throw Wrong(name, "a number") : null;

    private bool Find(string name, [NotNullWhen(true)] out AttributeValue? value) =>
        item.TryGetValue(name, out value) && value.NULL is not true;

    private static InvalidDataException Missing(string name) => new($"The stored item has no attribute '{name}'.");

    private static InvalidDataException Wrong(string name, string expected) => new($"The stored attribute '{name}' is not {expected}.");
}
