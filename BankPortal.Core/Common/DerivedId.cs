using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Common;

/// <summary>
/// Derives identifiers from what they identify: the same owner and idempotency key always give the same id, so a repeated request finds
/// the row that the first one wrote. An id is 100 bits of SHA-256 in Crockford's base 32: 20 characters that are easy to read aloud.
/// </summary>
public static class DerivedId
{
    /// <summary>The length of an id in characters.</summary>
    public const int Length = 20;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Derives the id of the object that <paramref name="parts"/> identify together.</summary>
    public static string From(params ReadOnlySpan<string> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            // Length-prefixed, so that ("a", "bc") and ("ab", "c") differ.
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part},");
        }

        return Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Creates a random id (128 bits drawn, 100 used) for objects without an idempotency key.</summary>
    public static string Random() => Encode(RandomNumberGenerator.GetBytes(16));

    /// <summary>Returns whether the text has the form of an id. Does not check that the object exists.</summary>
    public static bool IsWellFormed(string? text) => text is { Length: Length } && text.AsSpan().IndexOfAnyExcept(Alphabet) < 0;

    private static string Encode(ReadOnlySpan<byte> bytes) =>
        string.Create(Length, Convert.ToHexString(bytes[..13]), static (chars, hex) =>
        {
            var bits = UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            for (var i = Length - 1; i >= 0; i--)
            {
                chars[i] = Alphabet[(int)(bits & 31)];
                bits >>= 5;
            }
        });
}
