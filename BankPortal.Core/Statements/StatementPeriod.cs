namespace BankPortal.Core.Statements;

/// <summary>
/// The days a statement covers, both included. A period has one name (<see cref="Key"/>): the days from the first to the last of a month
/// are that month, however they were chosen, so that they have one statement.
/// </summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public readonly record struct StatementPeriod(DateOnly From, DateOnly To)
{
    /// <summary>The most days of one statement: a leap year.</summary>
    public const int MaxDays = 366;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The first year of a period in an address.</summary>
    private const int FirstYear = 1900;

    private const int LastYear = 8999;

    /// <summary>How many days it has; below 1 when it ends before it starts.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>A month, a quarter, a year, or other days.</summary>
    public StatementPeriodKind Kind =>
        From.Day != 1 ? StatementPeriodKind.Days
        : this == Month(From.Year, From.Month) ? StatementPeriodKind.Month
        : From.Month % 3 == 1 && this == Quarter(From.Year, (From.Month / 3) + 1) ? StatementPeriodKind.Quarter
        : this == Year(From.Year) ? StatementPeriodKind.Year
        : StatementPeriodKind.Days;

    /// <summary>The quarter of the year, from 1, in which it starts.</summary>
    public int QuarterNumber => ((From.Month - 1) / 3) + 1;

    /// <summary>Its name in addresses and files: <c>2026-11</c>, <c>2026-Q4</c>, <c>2026</c> or <c>2026-11-03_2026-11-17</c>.</summary>
    public string Key => Kind switch
    {
        StatementPeriodKind.Month => From.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        StatementPeriodKind.Quarter => string.Create(CultureInfo.InvariantCulture, $"{From.Year:0000}-Q{QuarterNumber}"),
        StatementPeriodKind.Year => From.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => Day(From) + "_" + Day(To),
    };

    /// <summary>A calendar month.</summary>
    public static StatementPeriod Month(int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return new StatementPeriod(first, first.AddMonths(1).AddDays(-1));
    }

    /// <summary>A quarter of a year, 1 to 4.</summary>
    public static StatementPeriod Quarter(int year, int quarter)
    {
        var first = new DateOnly(year, (quarter * 3) - 2, 1);
        return new StatementPeriod(first, first.AddMonths(3).AddDays(-1));
    }

    /// <summary>A calendar year.</summary>
    public static StatementPeriod Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

    /// <summary>Reads what <see cref="Key"/> gives, and days that a shorter name exists for. Anything else gives
    /// <see langword="false"/>. The period may be one that no statement is possible for.</summary>
    public static bool TryParse(string? text, out StatementPeriod period)
    {
        period = default;
        if (text is null || text.Length > 21)
        {
            return false;
        }

        if (text.Split('_') is [var first, var last])
        {
            if (!TryDay(first, out var from) || !TryDay(last, out var to))
            {
                return false;
            }

            period = new StatementPeriod(from, to);
            return true;
        }

        if (text.Length < 4 || !int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < FirstYear or > LastYear)
        {
            return false;
        }

        switch (text[4..])
        {
            case "":
                period = Year(year);
                return true;
            case ['-', 'Q' or 'q', >= '1' and <= '4' and var quarter]:
                period = Quarter(year, quarter - '0');
                return true;
            case ['-', _, _] month when int.TryParse(month[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= 12:
                period = Month(year, number);
                return true;
            default:
                return false;
        }
    }

    private static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= FirstYear and <= LastYear;
}

/// <summary>What a period is.</summary>
public enum StatementPeriodKind
{
    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A quarter of a calendar year.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,

    /// <summary>Other days.</summary>
    Days,
}
