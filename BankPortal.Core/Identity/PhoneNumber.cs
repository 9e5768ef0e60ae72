using System.Text;

namespace BankPortal.Core.Identity;

/// <summary>
/// Normalises telephone numbers to the international form of ITU-T E.164: a plus sign and 8 to 15 digits, the first not zero. People may
/// type spaces, dots, hyphens, slashes and brackets, <c>00</c> for the plus sign, and the national zero in brackets, as in <c>+44 (0)20
/// 7946 0000</c>.
/// </summary>
public static class PhoneNumber
{
    /// <summary>The minimum number of digits, country code included.</summary>
    public const int MinDigits = 8;

    /// <summary>The maximum number of digits that E.164 allows.</summary>
    public const int MaxDigits = 15;

    /// <summary>The longest input that is parsed, in characters.</summary>
    public const int MaxInputLength = 40;

    /// <summary>Converts a number as typed to the international form.</summary>
    /// <returns><see langword="false"/> when it is not a number with a country code.</returns>
    public static bool TryNormalize(string? input, out string normalized)
    {
        normalized = string.Empty;
        var text = input?.Trim() ?? string.Empty;
        if (text.Length is 0 or > MaxInputLength)
        {
            return false;
        }

        text = text.Replace("(0)", string.Empty, StringComparison.Ordinal);
        var digits = new StringBuilder(text.Length);
        var plus = false;
        foreach (var c in text)
        {
            switch (c)
            {
                case >= '0' and <= '9':
                    digits.Append(c);
                    break;
                case '+' when !plus && digits.Length == 0:
                    plus = true;
                    break;
                case ' ' or '\u00a0' or '\u202f' or '-' or '\u2010' or '\u2011' or '\u2013' or '.' or '/' or '(' or ')':
                    break;
                default:
                    return false;
            }
        }

        if (!plus)
        {
            if (digits.Length < 2 || digits[0] != '0' || digits[1] != '0')
            {
                return false;
            }

            digits.Remove(0, 2);
        }

        if (digits.Length is < MinDigits or > MaxDigits || digits[0] == '0')
        {
            return false;
        }

        normalized = digits.Insert(0, '+').ToString();
        return true;
    }
}
