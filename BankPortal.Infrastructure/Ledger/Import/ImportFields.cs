using CsvHelper;

namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>
/// The fields of the current row of an import file as values. Each method throws <see cref="FormatException"/> with the reason why a
/// field cannot be read: no value is guessed. Not thread-safe.
/// </summary>
/// <param name="csv">The reader, on a row.</param>
/// <param name="header">Where the columns are.</param>
/// <param name="mapping">How values are written.</param>
/// <param name="rules">The calendar days of the bank.</param>
/// <param name="now">The current time; later times are refused.</param>
internal sealed class ImportFields(CsvReader csv, ImportHeader header, ImportMapping mapping, LedgerRules rules, DateTimeOffset now)
{
    // Ids become parts of keys; no source is known with longer ones.
    public const int MaxIdLength = 100;

    private const int MaxValueLength = 40;
    private const int FirstYear = 1900;

    // Between thousands, besides the comma and the point: blanks (also those that do not break) and apostrophes.
    private const string OtherGroupSeparators = " \u00a0\u202f'\u2019";

    private static readonly string[] IsoTimes =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK",
    ];

    private readonly string[] _dateFormats = mapping.DateFormat switch
    {
        null => ["yyyy-MM-dd"],
        var format => ImportMapping.HasTime(format) ? [] : [format],
    };

    private readonly string[] _timeFormats = mapping.DateFormat switch
    {
        null => IsoTimes,
        var format => ImportMapping.HasTime(format) ? [format] : [],
    };

    public string GetRequired(string column) =>
        GetText(column, MaxIdLength) is { Length: > 0 } text ? text : throw new FormatException($"has no {column}");

    /// <summary>A text for people, cleaned; empty when the file does not have it.</summary>
    public string GetText(string column, int maxLength)
    {
        var raw = Raw(column);
        if (raw.Contains('\uFFFD', StringComparison.Ordinal))
        {
            throw new FormatException($"{column} '{raw}' has lost a letter before the file was written");
        }

        var text = TextInput.Clean(raw);
        return text.Length <= maxLength
            ? text
            : throw new FormatException($"{column} has more than {Show(maxLength)} characters");
    }

    public Currency GetCurrency() =>
        Currency.TryParse(Value("currency"), out var currency)
            ? currency
            : throw new FormatException($"currency '{Value("currency")}' is not one the bank supports");

    /// <summary>An amount; <see langword="null"/> when the field is empty. The digits count as they are written.</summary>
    public Money? GetMoney(string column, Currency currency)
    {
        var text = Value(column);
        if (text.Length == 0)
        {
            return null;
        }

        var unsigned = text[0] is '-' or '+' ? text[1..] : text;
        var point = unsigned.IndexOf(mapping.DecimalSeparator ?? '.', StringComparison.Ordinal);
        var (whole, decimals) = point < 0 ? (unsigned, "") : (unsigned[..point], unsigned[(point + 1)..]);
        if (Ungrouped(whole) is not { } digits
            || !decimals.All(char.IsAsciiDigit)
            || (decimals.Length == 0 && (point >= 0 || digits.Length == 0)))
        {
            throw NotAnAmount(column, text, currency);
        }

        if (decimals.Length > currency.MinorUnitDigits)
        {
            throw new FormatException(
                $"{column} '{text}' has {Show(decimals.Length)} decimals; {currency.Code} has {Show(currency.MinorUnitDigits)}");
        }

        return decimal.TryParse(
            $"{digits}.{decimals}0", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && Money.TryOf(text[0] == '-' ? -amount : amount, currency, out var money)
            ? money
            : throw NotAnAmount(column, text, currency);
    }

    /// <summary>
    /// A time and its calendar day in the bank. A date alone stands for the beginning of that day in the bank's time zone; a time
    /// without an offset is UTC.
    /// </summary>
    public (DateTimeOffset At, DateOnly Day) GetTime(string column)
    {
        var text = Value(column);
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateOnly.TryParseExact(text, _dateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return IsInRange(day.Year) && rules.StartOf(day) is var start && start <= Latest
                ? (start, day)
                : throw OutOfRange(column, text);
        }

        if (DateTimeOffset.TryParseExact(text, _timeFormats, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return IsInRange(time.Year) && time <= Latest ? (time, rules.DayOf(time)) : throw OutOfRange(column, text);
        }

        throw new FormatException(
            mapping.DateFormat is { } format
                ? $"{column} '{text}' is not written as {format}"
                : $"{column} '{text}' is not a date such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z");
    }

    // Clocks of two systems differ a little.
    private DateTimeOffset Latest => now.AddMinutes(5);

    private static bool IsInRange(int year) => year is >= FirstYear and < 9999;

    private static FormatException OutOfRange(string column, string text) =>
        new($"{column} '{text}' is in the future or before {Show(FirstYear)}");

    private FormatException NotAnAmount(string column, string text, Currency currency)
    {
        var example = currency.MinorUnitDigits == 0
            ? "1234"
            : $"1234{mapping.DecimalSeparator ?? '.'}{"50".PadRight(currency.MinorUnitDigits, '0')}";
        var hint = mapping.DecimalSeparator is null && text.Contains(',', StringComparison.Ordinal)
            ? "; --decimal-separator says what a comma in it means"
            : "";
        return new FormatException($"{column} '{text}' is not an amount of {currency.Code} such as {example}{hint}");
    }

    // The digits before the decimals without what separates thousands; null when they are not written as one number.
    private string? Ungrouped(string whole)
    {
        var separator = Array.Find(whole.ToCharArray(), character => !char.IsAsciiDigit(character));
        if (separator == default)
        {
            return whole;
        }

        var isAllowed = mapping.DecimalSeparator is { } point
            && separator != point
            && (separator is ',' or '.' || OtherGroupSeparators.Contains(separator, StringComparison.Ordinal));
        var groups = whole.Split(separator);
        return isAllowed
            && groups[0].Length is > 0 and <= 3
            && groups[1..].All(group => group.Length == 3)
            && groups.All(group => group.All(char.IsAsciiDigit))
            ? string.Concat(groups)
            : null;
    }

    // Numbers and dates are read as written; cleaning could join digits that something stood between.
    private string Value(string column)
    {
        var text = Raw(column).Trim();
        return text.Length <= MaxValueLength
            ? text
            : throw new FormatException($"{column} has more than {Show(MaxValueLength)} characters");
    }

    private string Raw(string column) => header.IndexOf(column) is { } index ? csv.GetString(index) : "";

    private static string Show(int number) => number.ToString(CultureInfo.InvariantCulture);
}
