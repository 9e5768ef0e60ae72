namespace BankPortal.Web.Components.Formatting;

/// <summary>Amounts as text in the reader's number format. All screens format money here.</summary>
public static class MoneyFormat
{
    private const string Minus = "\u2212";

    /// <summary>
    /// The amount with the grouping and decimals of the culture, a true minus sign, and the currency: by its symbol where
    /// the culture puts it, or by its code behind.
    /// </summary>
    public static string Format(Money value, AmountSign sign = AmountSign.Negative, bool currency = true, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentCulture;
        var digits = value.Currency.MinorUnitDigits;
        var number = Math.Abs(value.Amount).ToString("N" + digits.ToString(CultureInfo.InvariantCulture), NumberFormatOf(culture));
        var text = currency ? WithSymbol(number, value.Currency.Symbol, culture.NumberFormat) : number;

        return (value.MinorUnits, sign) switch
        {
            ( < 0, not AmountSign.Never) => Minus + text,
            ( > 0, AmountSign.Always) => "+" + text,
            _ => text,
        };
    }

    /// <summary>
    /// The amount as a screen reader should say it: "minus 12.50 US dollars" would depend on the voice, so sign, number and code.
    /// </summary>
    public static string Spoken(Money value, AmountSign sign = AmountSign.Negative, CultureInfo? culture = null)
    {
        culture ??= CultureInfo.CurrentCulture;
        var number = Format(value, AmountSign.Never, currency: false, culture) + " " + value.Currency.Code;
        return (value.MinorUnits, sign) switch
        {
            ( < 0, not AmountSign.Never) => "minus " + number,
            ( > 0, AmountSign.Always) => "plus " + number,
            _ => number,
        };
    }

    /// <summary>
    /// How a culture writes the figures of an amount: some (fr-CH) have other separators for money than for plain numbers.
    /// </summary>
    internal static NumberFormatInfo NumberFormatOf(CultureInfo culture)
    {
        var format = (NumberFormatInfo)culture.NumberFormat.Clone();
        format.NumberDecimalSeparator = format.CurrencyDecimalSeparator;
        format.NumberGroupSeparator = format.CurrencyGroupSeparator;
        format.NumberGroupSizes = format.CurrencyGroupSizes;
        return format;
    }

    private static string WithSymbol(string number, string symbol, NumberFormatInfo format)
    {
        // Even patterns put the symbol in front, odd ones behind; 2 and 3 with a space between. A code of letters always has one.
        var spaced = format.CurrencyPositivePattern >= 2 || char.IsLetter(symbol[^1]) ? "\u00A0" : "";
        return format.CurrencyPositivePattern % 2 == 0 ? symbol + spaced + number : number + spaced + symbol;
    }
}
