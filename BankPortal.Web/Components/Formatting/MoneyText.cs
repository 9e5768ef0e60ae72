namespace BankPortal.Web.Components.Formatting;

/// <summary>
/// Reads an amount a person typed or pasted. Strict where an error would move the wrong amount: it never guesses between a
/// group and a decimal separator, and never drops digits.
/// </summary>
public static class MoneyText
{
    private const int LongestInput = 40;

    /// <summary>
    /// The amount, or the sentence to show next to the field. Accepts the culture's grouping ("1,234.56"), the currency's
    /// code or symbol around it, and any kind of space. Signs are refused: the form itself says the direction.
    /// </summary>
    public static Result<Money> Parse(string? text, Currency currency, CultureInfo? culture = null, string field = "amount")
    {
        culture ??= CultureInfo.CurrentCulture;
        var format = MoneyFormat.NumberFormatOf(culture);
        var typed = Clean(text, currency);
        if (typed.Length == 0)
        {
            return Refuse("Enter an amount.");
        }

        if (typed.Length > LongestInput)
        {
            return Refuse("That is too long for an amount.");
        }

        if (typed[0] is '-' or '+' or '\u2212' or '(')
        {
            return Refuse("Enter the amount without a sign.");
        }

        var separator = Bare(format.NumberDecimalSeparator);
        var group = Bare(format.NumberGroupSeparator);
        var example = MoneyFormat.Format(new Money(Minor(1234.56m, currency), currency), AmountSign.Never, currency: false, culture);
        var parts = typed.Split(separator);
        if (parts.Length > 2 || !TryWhole(parts[0], group, format.NumberGroupSizes, out var whole))
        {
            return Refuse($"Enter an amount such as {example}.");
        }

        var fraction = parts.Length == 2 ? parts[1] : "";
        if (fraction.Any(c => !char.IsAsciiDigit(c)) || (whole.Length == 0 && fraction.Length == 0))
        {
            return Refuse($"Enter an amount such as {example}.");
        }

        if (fraction.Length > currency.MinorUnitDigits)
        {
            return Refuse(currency.MinorUnitDigits == 0
                ? $"{currency.Code} has no decimals. Enter a whole amount."
                : $"Use at most {currency.MinorUnitDigits.ToString(CultureInfo.InvariantCulture)} decimals, such as {example}.");
        }

        var digits = (whole.Length == 0 ? "0" : whole) + "." + (fraction.Length == 0 ? "0" : fraction);
        return
            decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && Money.TryOf(amount, currency, out var money)
            ? money
            : Refuse("That amount is too large.");

        InvalidInputError Refuse(string sentence) => new(field, sentence);
    }

    /// <summary>The amount as it stands in the input: grouped, with all its decimals, without the currency.</summary>
    public static string Display(Money value, CultureInfo? culture = null) =>
        MoneyFormat.Format(value, AmountSign.Never, currency: false, culture);

    private static long Minor(decimal amount, Currency currency) =>
        currency.MinorUnitDigits == 0 ? decimal.ToInt64(decimal.Truncate(amount)) : Money.Of(amount, currency).MinorUnits;

    // Spaces (also the narrow and the no-break ones that cultures group with), and the currency's own code or symbol.
    private static string Clean(string? text, Currency currency)
    {
        var bare = string.Concat(
            (text ?? "").Where(c =>
                !char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format
            )
        );
        foreach (var name in new[] { currency.Code, currency.Symbol })
        {
            if (bare.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                bare = bare[name.Length..];
            }
            else if (bare.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                bare = bare[..^name.Length];
            }
        }

        // People type the apostrophe of the keyboard where Swiss formats print the typographic one.
        return bare.Replace('\u2019', '\'');
    }

    private static string Bare(string separator) =>
        string.Concat(separator.Where(c => !char.IsWhiteSpace(c))).Replace('\u2019', '\'');

    // Digits, with group separators only where the culture puts them: "1,5" is not fifteen.
    private static bool TryWhole(string text, string group, int[] sizes, out string digits)
    {
        digits = "";
        if (group.Length == 0 || !text.Contains(group, StringComparison.Ordinal))
        {
            digits = text;
            return text.All(char.IsAsciiDigit);
        }

        var groups = text.Split(group);
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            var fromRight = groups.Length - 1 - i;
            var size = sizes.Length == 0 ? 3 : sizes[Math.Min(fromRight, sizes.Length - 1)];
            var isFirst = i == 0;
            if (
                !groups[i].All(char.IsAsciiDigit)
                || groups[i].Length == 0
                || (isFirst ? groups[i].Length > size : groups[i].Length != size)
            )
            {
                return false;
            }
        }

        digits = string.Concat(groups);
        return true;
    }
}
