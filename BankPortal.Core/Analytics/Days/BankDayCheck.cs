namespace BankPortal.Core.Analytics.Days;

/// <summary>The comparison of a closed day, month or year of the bank with what it sums up.</summary>
/// <param name="Kind">Which kind of period.</param>
/// <param name="Currency">The currency.</param>
/// <param name="From">The first day.</param>
/// <param name="Kept">What is kept.</param>
/// <param name="Right">What the entries, or the parts of the period, say.</param>
public sealed record BankDayCheck(BankPeriodKind Kind, Currency Currency, DateOnly From, BankTotals Kept, BankTotals Right)
{
    /// <summary>Whether both agree in every figure and in the checksum.</summary>
    public bool IsRight => Kept.Equals(Right);
}
