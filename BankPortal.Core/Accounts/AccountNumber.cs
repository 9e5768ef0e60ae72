using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace BankPortal.Core.Accounts;

/// <summary>
/// The number people give each other to be paid: ten digits, the last a check digit by ISO 7064 MOD 11,10, which
/// finds every single wrong digit and nearly every swap of neighbours. The first digit is never zero.
/// </summary>
public readonly record struct AccountNumber
{
    /// <summary>How many digits a number has, the check digit included.</summary>
    public const int Length = 10;

    private readonly string? _digits;

    private AccountNumber(string digits) => _digits = digits;

    /// <summary>The ten digits.</summary>
    public string Digits => _digits ?? throw new InvalidOperationException("The default value is not an account number.");

    /// <summary>The form for screens where the owner is known: the last four digits behind dots.</summary>
    public string Masked => "••" + Digits[^4..];

    /// <summary>The form that is easy to read out and to type: <c>1234 567 890</c>.</summary>
    public string Grouped => $"{Digits[..4]} {Digits[4..7]} {Digits[7..]}";

    /// <summary>Reads a number as people type it; spaces, dots and hyphens between digits do not matter.</summary>
    /// <returns><see langword="false"/> when there are not ten digits or the check digit is wrong.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccountNumber number)
    {
        number = default;
        if (text is null || text.Length > 40)
        {
            return false;
        }

        Span<char> digits = stackalloc char[Length];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == Length)
                {
                    return false;
                }

                digits[count++] = c;
            }
            else if (!(char.IsWhiteSpace(c) || c is '-' or '.'))
            {
                return false;
            }
        }

        if (count != Length || digits[0] == '0' || CheckDigit(digits[..^1]) != digits[^1])
        {
            return false;
        }

        number = new AccountNumber(new string(digits));
        return true;
    }

    /// <summary>Reads a number that is known to be right, such as one from our own records.</summary>
    /// <exception cref="FormatException">It is not a valid number.</exception>
    public static AccountNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not an account number.");

    /// <summary>A number drawn at random. Uniqueness is the store's business.</summary>
    public static AccountNumber Random()
    {
        Span<char> digits = stackalloc char[Length];
        digits[0] = (char)('0' + RandomNumberGenerator.GetInt32(1, 10));
        for (var i = 1; i < Length - 1; i++)
        {
            digits[i] = (char)('0' + RandomNumberGenerator.GetInt32(10));
        }

        digits[^1] = CheckDigit(digits[..^1]);
        return new AccountNumber(new string(digits));
    }

    /// <inheritdoc/>
    public override string ToString() => _digits is null ? "" : Masked;

    // ISO 7064 hybrid system MOD 11,10.
    internal static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (product + (digit - '0')) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (char)('0' + ((11 - product) % 10));
    }
}
