using System.Text;
using Amazon.DynamoDBv2.Model;

namespace BankPortal.Bench.Costs;

/// <summary>
/// The size of an item as DynamoDB counts it for read and write units, by the rules of its Developer Guide ("DynamoDB item
/// sizes and formats"): the UTF-8 bytes of every attribute's name and of its value. The guide calls the size of a number
/// approximate; what is computed here is its formula.
/// </summary>
internal static class ItemSize
{
    private const int LongestNumber = 21;

    /// <summary>The size of an item in bytes; 0 for none.</summary>
    public static int Of(IReadOnlyDictionary<string, AttributeValue>? item) => item?.Sum(pair => Utf8(pair.Key) + Of(pair.Value)) ?? 0;

    /// <summary>The size of one value, without its name.</summary>
    public static int Of(AttributeValue value) => value switch
    {
        { S: { } text } => Utf8(text),
        { N: { } number } => OfNumber(number),
        { B: { } bytes } => (int)bytes.Length,
        { BOOL: not null } or { NULL: true } => 1,
        { SS: { Count: > 0 } texts } => texts.Sum(Utf8),
        { NS: { Count: > 0 } numbers } => numbers.Sum(OfNumber),
        { BS: { Count: > 0 } blobs } => blobs.Sum(bytes => (int)bytes.Length),

        // Three bytes for the list or map itself, and one for each element of it.
        { IsLSet: true } or { L.Count: > 0 } => 3 + (value.L?.Sum(element => 1 + Of(element)) ?? 0),
        { IsMSet: true } or { M.Count: > 0 } => 3 + (value.M?.Sum(pair => 1 + Utf8(pair.Key) + Of(pair.Value)) ?? 0),
        _ => throw new ArgumentException("The value has no type.", nameof(value)),
    };

    // A byte for every two significant digits and one more; another for the sign of a negative one. Zeros before and after
    // do not count.
    private static int OfNumber(string number)
    {
        var mantissa = number.AsSpan().Trim();
        if (mantissa.IndexOfAny('e', 'E') is var exponent and >= 0)
        {
            mantissa = mantissa[..exponent];
        }

        var negative = mantissa.StartsWith("-");
        var digits = mantissa.ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('-', '+').Trim('0').Length;
        return digits == 0 ? 1 : Math.Min(LongestNumber, ((digits + 1) / 2) + 1 + (negative ? 1 : 0));
    }

    private static int Utf8(string text) => Encoding.UTF8.GetByteCount(text);
}
