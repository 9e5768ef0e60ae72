using PhoneNumbers;

namespace BankPortal.Core.Identity;

/// <summary>
/// Reads telephone numbers as people write them and gives them in the international form of ITU-T E.164, such as
/// <c>+61412345678</c>. Thread-safe.
/// </summary>
/// <remarks>
/// A number may be national when the person's country is known. Then it must be in a range of that country's numbering plan, so
/// that a number from elsewhere is refused and not given the wrong country code. Of a number with its country code only the
/// length is checked: new ranges open faster than libraries are updated, and a bank must not refuse a number that rings.
/// </remarks>
public static class PhoneNumber
{
    /// <summary>The longest input that is read, in characters.</summary>
    public const int MaxInputLength = 40;

    private static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Converts what a person typed into the international form.</summary>
    /// <param name="input">
    /// The number, with its country code (<c>+</c> or <c>00</c>) or as it is dialled in <paramref name="country"/>.
    /// </param>
    /// <param name="country">The person's country (ISO 3166-1, two letters); <see langword="null"/> when it is not known.</param>
    /// <param name="normalized">The number in E.164; empty when the method returns <see langword="false"/>.</param>
    /// <returns>Whether the input is a telephone number. Extensions and numbers written in letters are not accepted.</returns>
    public static bool TryNormalize(string? input, string? country, out string normalized)
    {
        normalized = string.Empty;
        var text = input?.Trim() ?? string.Empty;
        if (text.Length is 0 or > MaxInputLength || text.LastIndexOf('+') > 0 || !text.All(IsAllowed))
        {
            return false;
        }

        if (text.StartsWith("00", StringComparison.Ordinal))
        {
            text = "+" + text[2..];
        }

        try
        {
            var number = Plans.Parse(text, country);
            var isNumber = text[0] == '+'
                ? Plans.IsPossibleNumberWithReason(number) is PhoneNumberUtil.ValidationResult.IS_POSSIBLE
                : Plans.IsValidNumber(number);
            if (!isNumber)
            {
                return false;
            }

            normalized = Plans.Format(number, PhoneNumberFormat.E164);
            return true;
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>A number that could be a mobile number of the country, written as people there write it.</summary>
    /// <param name="country">A country (ISO 3166-1, two letters).</param>
    /// <returns>The example; an Australian one in international form when the country is not known.</returns>
    public static string Example(string? country)
    {
        var example = country is null ? null : Plans.GetExampleNumberForType(country, PhoneNumberType.MOBILE);
        return example is null ? "+61 412 345 678" : Plans.Format(example, PhoneNumberFormat.NATIONAL);
    }

    /// <summary>The country of a culture, for reading national numbers.</summary>
    /// <returns>Two letters; <see langword="null"/> for a culture without a country.</returns>
    public static string? CountryOf(CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        if (culture.IsNeutralCulture || culture.Equals(CultureInfo.InvariantCulture))
        {
            return null;
        }

        // A region of several countries, such as Latin America, has a number in place of letters.
        var region = new RegionInfo(culture.Name).TwoLetterISORegionName;
        return region.Length == 2 && char.IsAsciiLetter(region[0]) ? region : null;
    }

    // Digits of other scripts look alike and are typed by nobody on purpose; letters would be read as keypad digits.
    private static bool IsAllowed(char c) =>
        c is (>= '0' and <= '9') or '+' or ' ' or '\u00a0' or '\u202f' or '-' or '\u2010' or '\u2011' or '\u2013'
            or '.' or '/' or '(' or ')';
}
