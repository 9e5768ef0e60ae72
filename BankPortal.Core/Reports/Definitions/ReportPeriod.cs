namespace BankPortal.Core.Reports.Definitions;

/// <summary>The days a report is about: a fixed range, or one that moves with the calendar. Immutable.</summary>
/// <param name="Name">The name of a moving period, or <see cref="Custom"/>.</param>
/// <param name="From">The first day of a fixed range.</param>
/// <param name="To">The last day of a fixed range.</param>
public readonly record struct ReportPeriod(string Name, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>The name of a fixed range.</summary>
    public const string Custom = "custom";

    /// <summary>The longest period in days: ten years.</summary>
    public const int MostDays = 3_660;

    /// <summary>The moving periods with their names for people.</summary>
    public static ImmutableArray<(string Name, string Title)> Moving { get; } =
    [
        ("today", "Today"),
        ("yesterday", "Yesterday"),
        ("last-7-days", "Last 7 days"),
        ("last-30-days", "Last 30 days"),
        ("last-90-days", "Last 90 days"),
        ("this-month", "This month"),
        ("last-month", "Last month"),
        ("last-3-months", "Last 3 months"),
        ("last-12-months", "Last 12 months"),
        ("last-24-months", "Last 24 months"),
        ("this-quarter", "This quarter"),
        ("last-quarter", "Last quarter"),
        ("this-year", "This year"),
        ("last-year", "Last year"),
    ];

    /// <summary>The fixed range.</summary>
    public static ReportPeriod Between(DateOnly from, DateOnly to) => new(Custom, from, to);

    /// <summary>Returns the days. Periods that run on end today.</summary>
    /// <param name="today">The bank's day.</param>
    public (DateOnly From, DateOnly To) Resolve(DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = new DateOnly(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return Name switch
        {
            Custom => (From ?? today, To ?? today),
            "today" => (today, today),
            "yesterday" => (today.AddDays(-1), today.AddDays(-1)),
            "last-7-days" => (today.AddDays(-6), today),
            "last-30-days" => (today.AddDays(-29), today),
            "last-90-days" => (today.AddDays(-89), today),
            "this-month" => (month, today),
            "last-month" => (month.AddMonths(-1), month.AddDays(-1)),
            "last-3-months" => (month.AddMonths(-2), today),
            "last-12-months" => (month.AddMonths(-11), today),
            "last-24-months" => (month.AddMonths(-23), today),
            "this-quarter" => (quarter, today),
            "last-quarter" => (quarter.AddMonths(-3), quarter.AddDays(-1)),
            "this-year" => (year, today),
            "last-year" => (year.AddYears(-1), year.AddDays(-1)),
            _ => throw new InvalidOperationException($"There is no period {Name}."),
        };
    }

    /// <summary>The days to compare with. The period before is as long; whole months are compared with as many whole months.</summary>
    /// <param name="from">The first day of the period.</param>
    /// <param name="to">Its last day.</param>
    /// <param name="comparison">With what.</param>
    public static (DateOnly From, DateOnly To) Before(DateOnly from, DateOnly to, ReportComparison comparison)
    {
        if (comparison == ReportComparison.YearBefore)
        {
            // The year before a leap day's ends on 28 February.
            return (from.AddYears(-1), to.AddYears(-1));
        }

        if (from.Day == 1)
        {
            var months = ((to.Year - from.Year) * 12) + to.Month - from.Month + 1;
            var end = to.AddDays(1).Day == 1 ? from.AddDays(-1) : to.AddMonths(-months);
            return (from.AddMonths(-months), end);
        }

        var days = to.DayNumber - from.DayNumber + 1;
        return (from.AddDays(-days), from.AddDays(-1));
    }
}

/// <summary>What a period is compared with.</summary>
public enum ReportComparison
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The period before, as long.</summary>
    Before,

    /// <summary>The same period of the year before.</summary>
    YearBefore,
}
