namespace BankPortal.Core.Analytics.Reports;

/// <summary>Whole calendar months of the bank.</summary>
/// <param name="First">The first day of the first month.</param>
/// <param name="LastMonth">The first day of the last month.</param>
public readonly record struct AnalyticsPeriod(DateOnly First, DateOnly LastMonth)
{
    /// <summary>The most months of one period.</summary>
    public const int MaxMonths = 24;

    /// <summary>The last day.</summary>
    public DateOnly Last => LastMonth.AddMonths(1).AddDays(-1);

    /// <summary>How many months.</summary>
    public int Months => ((LastMonth.Year - First.Year) * 12) + LastMonth.Month - First.Month + 1;

    /// <summary>The period before it, of the same length.</summary>
    public AnalyticsPeriod Before => new(First.AddMonths(-Months), First.AddMonths(-1));

    /// <summary>The same months a year before.</summary>
    public AnalyticsPeriod YearBefore => new(First.AddYears(-1), LastMonth.AddYears(-1));

    /// <summary>Returns whether a day is within the period.</summary>
    public bool Contains(DateOnly day) => day >= First && day <= Last;

    /// <summary>Returns the period of one month.</summary>
    public static AnalyticsPeriod Month(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1));

    /// <summary>Returns the period of one year.</summary>
    public static AnalyticsPeriod Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year, 12, 1));

    /// <summary>Returns what is wrong with the period, if anything.</summary>
    public Error? Check(DateOnly today) =>
        First > LastMonth ? new InvalidInputError("to", "The last month is before the first one.")
        : First > today ? new InvalidInputError("from", "This month has not begun yet.")
        : First.Year < 1950 || LastMonth > today.AddYears(1) ? new InvalidInputError("from", "Choose months of this century or the last.")
        : Months > MaxMonths ? new InvalidInputError("to", "Choose at most 24 months.")
        : null;
}
