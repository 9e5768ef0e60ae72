using Amazon.DynamoDBv2.Model;

namespace BankPortal.Infrastructure.Dynamo.Items;

/// <summary>
/// Builds an item attribute by attribute. A null value writes no attribute, so that sparse indexes stay sparse and a missing value has
/// only one form. Not thread-safe.
/// </summary>
public sealed class ItemWriter
{
    private readonly Dictionary<string, AttributeValue> _item = new(StringComparer.Ordinal);

    /// <summary>
    /// Writes a string; nothing when null. Avoid empty strings: every engine refuses them in a key, and engines older than May 2020
    /// refuse them everywhere.
    /// </summary>
    public ItemWriter Set(string name, string? value) => value is null ? this : Add(name, Attr.S(value));

    /// <summary>Writes a whole number; nothing when null.</summary>
    public ItemWriter Set(string name, long? value) => value is null ? this : Add(name, Attr.N(value.Value));

    /// <summary>Writes a decimal number with all its digits; nothing when null.</summary>
    public ItemWriter Set(string name, decimal? value) => value is null ? this : Add(name, Attr.N(value.Value));

    /// <summary>Writes a Boolean; nothing when null.</summary>
    public ItemWriter Set(string name, bool? value) => value is null ? this : Add(name, Attr.Bool(value.Value));

    /// <summary>Writes a time as sortable UTC text with seven decimals; nothing when null.</summary>
    public ItemWriter Set(string name, DateTimeOffset? value) => value is null ? this : Add(name, Attr.Time(value.Value));

    /// <summary>Writes a calendar day (<c>yyyy-MM-dd</c>); nothing when null.</summary>
    public ItemWriter Set(string name, DateOnly? value) => value is null ? this : Add(name, Attr.Day(value.Value));

    /// <summary>Writes bytes; nothing when null.</summary>
    public ItemWriter Set(string name, byte[]? value) => value is null ? this : Add(name, Attr.B(value));

    /// <summary>Writes an enumeration value by its name.</summary>
    public ItemWriter Set<T>(string name, T value)
        where T : struct, Enum => Add(name, Attr.S(value.ToString()));

    /// <summary>Writes an enumeration value by its name; nothing when null.</summary>
    public ItemWriter Set<T>(string name, T? value)
        where T : struct, Enum => value is null ? this : Add(name, Attr.S(value.Value.ToString()));

    /// <summary>Writes a set of strings; nothing when null or empty, because DynamoDB has no empty sets.</summary>
    public ItemWriter SetStrings(string name, IEnumerable<string>? values)
    {
        var distinct = values?.Distinct(StringComparer.Ordinal).ToList();
        return distinct is null or [] ? this : Add(name, new AttributeValue { SS = distinct });
    }

    /// <summary>Writes a list; nothing when null. An empty list is written.</summary>
    public ItemWriter SetList(string name, IEnumerable<AttributeValue>? values)
    {
        return values is null ? this : Add(name, new AttributeValue { L = [.. values], IsLSet = true });
    }

    /// <summary>Writes a nested map; nothing when null. An empty map is written.</summary>
    public ItemWriter SetMap(string name, IReadOnlyDictionary<string, AttributeValue>? values)
    {
        return values is null
            ? this
            : Add(name, new AttributeValue { M = new Dictionary<string, AttributeValue>(values, StringComparer.Ordinal), IsMSet = true });
    }

    /// <summary>Writes an expiry time (epoch seconds) as the table's TTL attribute; nothing when null.</summary>
    public ItemWriter SetTtl(string name, DateTimeOffset? expiresAt) => Set(name, expiresAt?.ToUnixTimeSeconds());

    /// <summary>Writes an attribute value unchanged.</summary>
    public ItemWriter Add(string name, AttributeValue value)
    {
        _item.Add(name, value);
        return this;
    }

    /// <summary>Returns the finished item.</summary>
    public Dictionary<string, AttributeValue> ToItem() => _item;
}
