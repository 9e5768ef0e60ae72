namespace BankPortal.Core.Analytics.Days;

/// <summary>What the bank holds and what moves, as of now. Closed days and the entries of today.</summary>
/// <param name="Currency">The currency of all amounts.</param>
/// <param name="Today">The bank's day.</param>
/// <param name="ClosedTo">The last closed day; <see langword="null"/> when none is.</param>
/// <param name="Flow">What came in from outside and went out today.</param>
/// <param name="Deposits">
/// What depends on the days before; <see langword="null"/> while those days are not closed, because their figures would be incomplete.
/// </param>
public sealed record BankFigures(Currency Currency, DateOnly Today, DateOnly? ClosedTo, OutsideFlow Flow, BankDeposits? Deposits);

/// <summary>What customers have in the bank, and how it came about.</summary>
/// <param name="Since">The first day whose entries are counted.</param>
/// <param name="Total">The sum of all balances.</param>
/// <param name="MonthBefore">The sum of all balances at the end of last month.</param>
/// <param name="NetNew">What the balances have grown by this month.</param>
/// <param name="NetNewBefore">What they had grown by last month up to the same day of the month.</param>
/// <param name="Months">The last twelve months that have begun, the oldest first.</param>
/// <param name="Days">The last thirty days, today included, the oldest first.</param>
public sealed record BankDeposits(
    DateOnly Since,
    Money Total,
    Money MonthBefore,
    Money NetNew,
    Money NetNewBefore,
    ImmutableArray<BankMonth> Months,
    ImmutableArray<BankDay> Days)
{
    /// <summary>The average of the days before today, of what came in.</summary>
    public Money UsualIn => Average(day => day.Flow.In);

    /// <summary>The average of the days before today, of what went out.</summary>
    public Money UsualOut => Average(day => day.Flow.Out);

    private Money Average(Func<BankDay, Money> of)
    {
        var days = Days.Where(day => day.Day >= Since).SkipLast(1).ToList();
        return days.Count == 0
            ? Money.Zero(Total.Currency)
            : new Money(days.Sum(day => of(day).MinorUnits) / days.Count, Total.Currency);
    }
}

/// <summary>A month of the bank.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Net">What all balances grew by.</param>
/// <param name="Total">The sum of all balances at its end, or now.</param>
public readonly record struct BankMonth(DateOnly Month, Money Net, Money Total);

/// <summary>A day of the bank.</summary>
/// <param name="Day">The day.</param>
/// <param name="Flow">What came in from outside and went out.</param>
public readonly record struct BankDay(DateOnly Day, OutsideFlow Flow);

/// <summary>
/// Money that entered and left the bank: cash, cards and other banks. Transfers between its customers, interest and fees move nothing
/// across the door.
/// </summary>
/// <param name="In">What came in.</param>
/// <param name="Out">What went out, as a positive amount.</param>
public readonly record struct OutsideFlow(Money In, Money Out)
{
    private static readonly ImmutableArray<string> Outside =
        [nameof(BankChannel.Counter), nameof(BankChannel.Card), nameof(BankChannel.Clearing)];

    /// <summary>What came in less what went out.</summary>
    public Money Net => In - Out;

    /// <summary>The flow of a period.</summary>
    public static OutsideFlow Of(BankPeriod period)
    {
        ArgumentNullException.ThrowIfNull(period);
        var sum = period.Totals.By(BankTotals.Channel)
            .Where(part => Outside.Contains(part.Key, StringComparer.Ordinal))
            .Aggregate(default(FlowSum), (all, part) => all.Plus(part.Value));
        return new OutsideFlow(new Money(sum.Credits, period.Currency), new Money(sum.Debits, period.Currency));
    }
}
