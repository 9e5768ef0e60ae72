namespace BankPortal.Core.Analytics.Days;

/// <summary>The totals of the bank in one currency over a day, a month or a year.</summary>
/// <param name="From">The first day.</param>
/// <param name="Kind">Which kind of period.</param>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Totals">The totals.</param>
/// <param name="IsClosed">Whether the period is closed and will not change.</param>
public sealed record BankPeriod(DateOnly From, BankPeriodKind Kind, Currency Currency, BankTotals Totals, bool IsClosed);

/// <summary>The kinds of periods that are kept.</summary>
public enum BankPeriodKind
{
    /// <summary>A calendar day of the bank.</summary>
    Day,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar year.</summary>
    Year,
}
