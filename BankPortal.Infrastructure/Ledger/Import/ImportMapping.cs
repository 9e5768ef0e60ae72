namespace BankPortal.Infrastructure.Ledger.Import;

/// <summary>How values are written in a file that does not follow the documented forms. Nothing of it is guessed from the file.</summary>
public sealed record ImportMapping
{
    /// <summary>The documented forms: ISO 8601 times, a decimal point, no thousands separators.</summary>
    public static ImportMapping Documented { get; } = new();

    /// <summary>The .NET format of dates or times, such as <c>dd/MM/yyyy</c>; <see langword="null"/> for ISO 8601.</summary>
    public string? DateFormat { get; init; }

    /// <summary>
    /// What separates the decimals: a comma or a point. Thousands may then be separated by the other one, a blank or an apostrophe.
    /// <see langword="null"/> for a point and no thousands separators.
    /// </summary>
    public char? DecimalSeparator { get; init; }

    /// <summary>
    /// Whether a date format keeps day, month and year, and the hour where it has one: only then does a text say which date is meant.
    /// </summary>
    public static bool IsDateFormat(string format)
    {
        ArgumentNullException.ThrowIfNull(format);

        // The shortest is d.M.yy. What is shorter names a format of a culture.
        const int Shortest = 6;
        var sample = new DateTime(2021, 2, 3, 16, 0, 0);
        try
        {
            return format.Length >= Shortest
                && DateTime.TryParseExact(
                    sample.ToString(format, CultureInfo.InvariantCulture),
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var read)
                && read == (HasTime(format) ? sample : sample.Date);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Whether a date format has the hour of the day too.</summary>
    internal static bool HasTime(string format)
    {
        var midnight = new DateTime(2021, 2, 3);
        return midnight.ToString(format, CultureInfo.InvariantCulture)
            != midnight.AddHours(1).ToString(format, CultureInfo.InvariantCulture);
    }
}
