using System.Text;

namespace BankPortal.Core.Identity;

/// <summary>
/// Telephone numbers in the international form of ITU-T E.164: a plus sign and 8 to 15 digits, the first not zero.
/// People may type them the friendly way, with blanks, dots, hyphens, slashes, brackets, <c>00</c> for the plus sign,
/// and the national zero in brackets, as in <c>+44 (0)20 7946 0000</c>.
/// </summary>
public static class PhoneNumber
{
    /// <summary>The fewest digits a number with its country code has.</summary>
    public const int MinDigits = 8;

    /// <summary>The most digits E.164 allows.</summary>
    public const int MaxDigits = 15;

    /// <summary>The longest input that is looked at.</summary>
    public const int MaxInputLength = 40;

    /// <summary>
    /// Turns what a person typed into the international form; <see langword="false"/> when it is not a number with its
    /// country code.
    /// </summary>
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
