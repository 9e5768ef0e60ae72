namespace BankPortal.Core.Analytics.Reports;

/// <summary>How often a payment comes back.</summary>
public enum Rhythm
{
    /// <summary>Every seven days.</summary>
    Weekly,

    /// <summary>Every two weeks.</summary>
    Fortnightly,

    /// <summary>Every month.</summary>
    Monthly,

    /// <summary>Every three months.</summary>
    Quarterly,

    /// <summary>Every year.</summary>
    Yearly,
}

/// <summary>A payment that comes back.</summary>
/// <param name="Name">The other side.</param>
/// <param name="IsIncome">Whether money comes in.</param>
/// <param name="Rhythm">How often.</param>
/// <param name="Amount">The last amount.</param>
/// <param name="IsExact">Whether all amounts but the last were the same; otherwise the amount is about that.</param>
/// <param name="Last">When it was last seen.</param>
/// <param name="Next">When it is expected next.</param>
/// <param name="Before">The amount before, if the last one is higher; <see langword="null"/> otherwise.</param>
public sealed record RecurringPayment(
    string Name, bool IsIncome, Rhythm Rhythm, Money Amount, bool IsExact, DateOnly Last, DateOnly Next, Money? Before)
{
    /// <summary>Returns the day after <paramref name="day"/> on which the payment is expected.</summary>
    public DateOnly After(DateOnly day) => RecurringPayments.After(Rhythm, Last.Day, day);
}
