namespace BankPortal.Core.Lending.Schedules;

/// <summary>
/// Interest of loans by the day count 30/360: every month has 30 days, every year 360. Counted in whole units, so that nothing is rounded
/// before an instalment is. Pure.
/// </summary>
public static class LoanInterest
{
    /// <summary>The days of every month.</summary>
    public const int DaysInMonth = 30;

    /// <summary>The highest yearly rate in percent.</summary>
    public const decimal MaxRate = 100;

    // A percentage with four decimal places is a whole number of millionths.
    private const long UnitsPerMinorUnit = 1_000_000L * 360;

    /// <summary>The interest of some days, in units; <see cref="Round"/> turns it into minor units.</summary>
    /// <param name="principal">The principal in minor units.</param>
    /// <param name="rate">The yearly rate in percent, four decimals at most.</param>
    /// <param name="days">The number of days by 30/360.</param>
    public static Int128 UnitsOf(long principal, decimal rate, int days) => (Int128)principal * (long)(rate * 10_000m) * days;

    /// <summary>Rounds units to whole minor units, half away from zero.</summary>
    public static long Round(Int128 units) => units >= 0
        ? checked((long)((units + (UnitsPerMinorUnit / 2)) / UnitsPerMinorUnit))
        : throw new ArgumentOutOfRangeException(nameof(units), units, "Interest of a loan is never negative.");

    /// <summary>The days from one date to a later one by 30E/360: the 31st of a month counts as its 30th.</summary>
    public static int DaysBetween(DateOnly from, DateOnly to) =>
        ((to.Year - from.Year) * 360) + ((to.Month - from.Month) * DaysInMonth) + Math.Min(to.Day, 30) - Math.Min(from.Day, 30);
}
