using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace BankPortal.Core.Accounts;

/// <summary>
/// An account number: ten digits, the last of which is an ISO 7064 MOD 11,10 check digit. It detects every single wrong digit and nearly
/// every swap of adjacent digits. The first digit is never zero.
/// </summary>
public readonly record struct AccountNumber
{
    /// <summary>How many digits a number has, the check digit included.</summary>
    public const int Length = 10;

    // Ten digits and any separators.
    private const int MaxTypedLength = 40;

    private readonly string? _digits;

    private AccountNumber(string digits) => _digits = digits;

    /// <summary>The ten digits.</summary>
    public string Digits => _digits ?? throw new InvalidOperationException("The default value is not an account number.");

    /// <summary>The masked form for screens where the owner is known: dots and the last four digits.</summary>
    public string Masked => "••" + Digits[^4..];

    /// <summary>The grouped form, easy to read aloud and to type: <c>1234 567 890</c>.</summary>
    public string Grouped => $"{Digits[..4]} {Digits[4..7]} {Digits[7..]}";

    /// <summary>Returns what is wrong with a number as somebody typed it; <see langword="null"/> when it is an account number. Every form
    /// that takes a number says it with this text.</summary>
    public static string? ErrorIn(string? text)
    {
        if (TryParse(text, out _))
        {
            return null;
        }

        var digits = text?.Count(char.IsAsciiDigit) ?? 0;
        return digits == 0
            ? "Enter the account number."
            : digits != Length
                ? $"An account number has ten digits; this has {digits.ToString(CultureInfo.InvariantCulture)}."
            : text!.Any(c => !char.IsAsciiDigit(c) && !IsSeparator(c))
                ? "An account number has only digits. Remove all other characters."
            : text!.Length > MaxTypedLength
                ? "This is too long for an account number. Enter the ten digits only."
            : "This account number does not exist as written. Check each digit.";
    }

    /// <summary>Parses a number as people type it; spaces, dots and hyphens between digits are ignored.</summary>
    /// <returns><see langword="false"/> when there are not exactly ten digits or the check digit is wrong.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out AccountNumber number)
    {
        number = default;
        if (text is null || text.Length > MaxTypedLength)
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
            else if (!IsSeparator(c))
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

    /// <summary>Parses a number that is known to be valid, such as one from the database.</summary>
    /// <exception cref="FormatException">The text is not a valid account number.</exception>
    public static AccountNumber Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException("Not an account number.");

    /// <summary>Draws a random account number. The store ensures that it is unique.</summary>
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

    private static bool IsSeparator(char c) => char.IsWhiteSpace(c) || c is '-' or '.';

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
