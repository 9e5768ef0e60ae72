namespace BankPortal.Web.Components.Formatting;

/// <summary>Instants as text in a zone and a culture.</summary>
public static class TimeText
{
    /// <summary>The instant as text. <paramref name="now"/> matters for the relative forms only.</summary>
    public static string Format(DateTimeOffset value, TimeFormat format, TimeZoneInfo zone, DateTimeOffset now, CultureInfo culture)
    {
        var local = TimeZoneInfo.ConvertTime(value, zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return format switch
        {
            TimeFormat.Date => Date(local, culture),
            TimeFormat.Time => local.ToString("t", culture),
            TimeFormat.Precise => Date(local, culture) + ", " + local.ToString("T", culture),
            TimeFormat.Day => Day(local, today, culture),
            TimeFormat.Ago => Ago(local, now, today, culture),
            _ => Date(local, culture) + ", " + local.ToString("t", culture),
        };
    }

    /// <summary>
    /// A calendar day with the month in letters, so that day and month are never mistaken for each other: "20 Nov 2026" or "Nov
    /// 20, 2026".
    /// </summary>
    public static string Date(DateTimeOffset local, CultureInfo culture) => local.ToString(DatePattern(culture), culture);

    /// <summary>A calendar day as <see cref="Date(DateTimeOffset, CultureInfo)"/> shows it.</summary>
    public static string Date(DateOnly day, CultureInfo culture) => day.ToString(DatePattern(culture), culture);

    /// <summary>A time span in one unit: "12 s", "5 min", "3 h", "2 days".</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{Math.Max(0, (int)age.TotalSeconds)} s"),
        { TotalMinutes: < 120 } => FormattableString.Invariant($"{(int)age.TotalMinutes} min"),
        { TotalHours: < 48 } => FormattableString.Invariant($"{(int)age.TotalHours} h"),
        _ => FormattableString.Invariant($"{(int)age.TotalDays} days"),
    };

    /// <summary>
    /// The instant as programs read it, in UTC: the <c>datetime</c> of a <c>time</c> element, which takes at most three digits
    /// of a second's fraction.
    /// </summary>
    public static string Machine(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string DatePattern(CultureInfo culture)
    {
        var order = culture.DateTimeFormat.ShortDatePattern;
        var day = order.IndexOf('d', StringComparison.Ordinal);
        var month = order.IndexOf('M', StringComparison.Ordinal);
        var year = order.IndexOf('y', StringComparison.Ordinal);
        if (year < month || culture.TwoLetterISOLanguageName is "ja")
        {
            return culture.DateTimeFormat.ShortDatePattern;
        }

        if (month < day)
        {
            return "MMM d, yyyy";
        }

        // Languages that write the day as an ordinal put a point behind it.
        return culture.TwoLetterISOLanguageName is "de" or "da" or "nb" or "fi" or "cs" ? "d. MMM yyyy" : "d MMM yyyy";
    }

    private static string Day(DateTimeOffset local, DateOnly today, CultureInfo culture) =>
        (today.DayNumber - DateOnly.FromDateTime(local.DateTime).DayNumber) switch
        {
            0 => "Today",
            1 => "Yesterday",
            _ => Date(local, culture),
        };

    private static string Ago(DateTimeOffset local, DateTimeOffset now, DateOnly today, CultureInfo culture)
    {
        var age = now - local;
        return age switch
        {
            _ when age < TimeSpan.FromMinutes(1) && age > TimeSpan.FromMinutes(-1) => "just now",
            _ when age < TimeSpan.Zero => Date(local, culture) + ", " + local.ToString("t", culture),
            _ when age < TimeSpan.FromMinutes(2) => "1 minute ago",
            _ when age < TimeSpan.FromHours(1) => FormattableString.Invariant($"{(int)age.TotalMinutes} minutes ago"),
            _ => Day(local, today, culture) + ", " + local.ToString("t", culture),
        };
    }
}
