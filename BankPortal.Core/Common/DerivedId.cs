using System.Security.Cryptography;
using System.Text;

namespace BankPortal.Core.Common;

/// <summary>
/// Identifiers that follow from what they name: the same owner and idempotency key give the same id, so a repeat meets
/// the row of the first try. 100 bits of SHA-256 in Crockford's base 32: 20 characters that can be read out.
/// </summary>
public static class DerivedId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 20;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>The id of the thing that <paramref name="parts"/> name together.</summary>
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

    /// <summary>An id nobody can guess, for things that have no key of their own.</summary>
    public static string Random() => Encode(RandomNumberGenerator.GetBytes(16));

    /// <summary>Whether the text has the form of an id; says nothing about whether the thing exists.</summary>
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
