namespace BankPortal.Core.Reports.Definitions;

/// <summary>Intervals of time as values of break-downs: <c>2026-03-31</c>, <c>2026-W14</c>, <c>2026-03</c>, <c>2026-Q1</c>. Pure.</summary>
public static class ReportTime
{
    /// <summary>The interval that a day is in.</summary>
    public static string ValueOf(ReportDimension dimension, DateOnly day) => dimension switch
    {
        ReportDimension.Day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ReportDimension.Week => Week(day),
        ReportDimension.Month => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        ReportDimension.Quarter => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{((day.Month - 1) / 3) + 1}"),
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "This is no interval of time."),
    };

    /// <summary>The first and the last day of an interval; <see langword="null"/> when the text is none.</summary>
    public static (DateOnly From, DateOnly To)? DaysOf(ReportDimension dimension, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        switch (dimension)
        {
            case ReportDimension.Day when Parse(value) is { } day:
                return (day, day);
            case ReportDimension.Month when Parse(value + "-01") is { } month:
                return (month, month.AddMonths(1).AddDays(-1));
            case ReportDimension.Quarter when value.Length == 7
                && value[5] == 'Q'
                && value[6] is >= '1' and <= '4'
                && Parse($"{value[..4]}-01-01") is { } year:
                var quarter = year.AddMonths((value[6] - '1') * 3);
                return (quarter, quarter.AddMonths(3).AddDays(-1));
            case ReportDimension.Week when value.Length == 8
                && value[5] == 'W'
                && int.TryParse(value[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var of)
                && of is >= 1990 and < 9999
                && int.TryParse(value[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= 1
                && number <= ISOWeek.GetWeeksInYear(of):
                var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(of, number, DayOfWeek.Monday));
                return (monday, monday.AddDays(6));
            default:
                return null;
        }
    }

    /// <summary>All intervals that have a day of a period, in order.</summary>
    public static IEnumerable<string> Between(ReportDimension dimension, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to;)
        {
            var value = ValueOf(dimension, day);
            yield return value;
            day = DaysOf(dimension, value)!.Value.To.AddDays(1);
        }
    }

    private static string Week(DateOnly day)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(time):0000}-W{ISOWeek.GetWeekOfYear(time):00}");
    }

    private static DateOnly? Parse(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
